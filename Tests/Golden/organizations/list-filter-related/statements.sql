-- Query.organizations.count
SELECT count(*)
FROM organization t
WHERE t.tenant_id = $1
  AND t.state IN ('LIVE', 'HIDDEN')
  AND (
    (
      t.id IN (
        SELECT l.organization_id
        FROM organization_tag l
        JOIN tag g ON g.tenant_id = $1 AND g.id = l.tag_id
        WHERE l.tenant_id = $1 AND fold(g.name) = fold($2::text)
      )
    )
    AND (
      NOT EXISTS (
        SELECT
        FROM organization_location l
        JOIN location p ON p.tenant_id = $1 AND p.id = l.location_id
        WHERE l.tenant_id = $1 AND l.organization_id = t.id AND fold(p.country_code_a2) = fold($3::text)
      )
    )
    AND (
      t.id IN (
        SELECT l.organization_id
        FROM organization_location l
        JOIN location p ON p.tenant_id = $1 AND p.id = l.location_id
        WHERE l.tenant_id = $1 AND p.country_code_a2 <> ''
      )
    )
    AND (starts_with(fold(t.name), fold($4::text)))
  )

-- Query.organizations
SELECT NULL, t.name
FROM organization t
WHERE t.tenant_id = $1
  AND t.state IN ('LIVE', 'HIDDEN')
  AND (
    (
      t.id IN (
        SELECT l.organization_id
        FROM organization_tag l
        JOIN tag g ON g.tenant_id = $1 AND g.id = l.tag_id
        WHERE l.tenant_id = $1 AND fold(g.name) = fold($2::text)
      )
    )
    AND (
      NOT EXISTS (
        SELECT
        FROM organization_location l
        JOIN location p ON p.tenant_id = $1 AND p.id = l.location_id
        WHERE l.tenant_id = $1 AND l.organization_id = t.id AND fold(p.country_code_a2) = fold($3::text)
      )
    )
    AND (
      t.id IN (
        SELECT l.organization_id
        FROM organization_location l
        JOIN location p ON p.tenant_id = $1 AND p.id = l.location_id
        WHERE l.tenant_id = $1 AND p.country_code_a2 <> ''
      )
    )
    AND (starts_with(fold(t.name), fold($4::text)))
  )
ORDER BY t.created_at, t.id
LIMIT $5
OFFSET $6
