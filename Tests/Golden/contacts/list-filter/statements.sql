-- Query.contacts.count
SELECT count(*)
FROM contact t
WHERE t.tenant_id = $1
  AND t.state = 'LIVE'
  AND t.state IN ('LIVE', 'HIDDEN')
  AND (
    (
      t.id IN (
        WITH found (id) AS MATERIALIZED (
          SELECT l.contact_id
          FROM contact_email l
          JOIN email e ON e.tenant_id = $1 AND e.id = l.email_id
          WHERE l.tenant_id = $1 AND starts_with(fold(coalesce(nullif(e.email, ''), e.raw_email)), fold($2::text))
          UNION ALL
          SELECT t.id
          FROM contact t
          WHERE t.tenant_id = $1 AND t.state = 'LIVE' AND (strpos(fold(t.first_name), fold($3::text)) > 0)
        )
        SELECT id
        FROM found
      )
    )
    AND ((fold(t.prefix) = ANY (fold_all($4::text[]))) IS NOT TRUE)
    AND (t.created_at < $5::timestamptz)
  )

-- Query.contacts
SELECT NULL, t.name, t.prefix
FROM contact t
WHERE t.tenant_id = $1
  AND t.state = 'LIVE'
  AND t.state IN ('LIVE', 'HIDDEN')
  AND (
    (
      t.id IN (
        WITH found (id) AS MATERIALIZED (
          SELECT l.contact_id
          FROM contact_email l
          JOIN email e ON e.tenant_id = $1 AND e.id = l.email_id
          WHERE l.tenant_id = $1 AND starts_with(fold(coalesce(nullif(e.email, ''), e.raw_email)), fold($2::text))
          UNION ALL
          SELECT t.id
          FROM contact t
          WHERE t.tenant_id = $1 AND t.state = 'LIVE' AND (strpos(fold(t.first_name), fold($3::text)) > 0)
        )
        SELECT id
        FROM found
      )
    )
    AND ((fold(t.prefix) = ANY (fold_all($4::text[]))) IS NOT TRUE)
    AND (t.created_at < $5::timestamptz)
  )
ORDER BY fold(t.last_name), t.created_at, t.id
LIMIT $6
OFFSET $7
