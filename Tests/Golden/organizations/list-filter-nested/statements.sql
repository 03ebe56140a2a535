-- Query.organizations.count
SELECT coalesce(sum(count), 0)
FROM kept_count_now
WHERE tenant_id = $1 AND subject = 'organization' AND state IN ('LIVE', 'HIDDEN')

-- Query.organizations.count
SELECT count(*)
FROM organization t
WHERE t.tenant_id = $1
  AND t.state IN ('LIVE', 'HIDDEN')
  AND (
    (t.relationship = ANY ($2::text[]))
    AND (
      (t.employees BETWEEN $3::numeric AND $4::numeric)
      OR ((strpos(fold(t.website), fold($5::text)) > 0) IS NOT TRUE)
    )
  )

-- Query.organizations
SELECT NULL, t.name, coalesce(t.employees, 0)
FROM organization t
WHERE t.tenant_id = $1
  AND t.state IN ('LIVE', 'HIDDEN')
  AND (
    (t.relationship = ANY ($2::text[]))
    AND (
      (t.employees BETWEEN $3::numeric AND $4::numeric)
      OR ((strpos(fold(t.website), fold($5::text)) > 0) IS NOT TRUE)
    )
  )
ORDER BY fold(t.name), t.created_at, t.id
LIMIT $6
OFFSET $7
