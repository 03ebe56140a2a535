-- Query.contact_ByEmail
SELECT NULL, t.id
FROM contact t
WHERE t.tenant_id = $1
  AND t.id = ANY (
    ARRAY(
      SELECT l.contact_id
      FROM contact_email l
      WHERE l.tenant_id = $1
        AND l.email_id = ANY (
          ARRAY(
            SELECT e.id
            FROM email e
            WHERE e.tenant_id = $1 AND fold(e.raw_email) = fold($2)
            UNION ALL
            SELECT e.id
            FROM email e
            WHERE e.tenant_id = $1 AND e.email <> '' AND fold(e.email) = fold($2)
          )
        )
    )
  )
  AND t.state IN ('LIVE', 'HIDDEN')
ORDER BY t.state = 'HIDDEN', t.created_at, t.id
LIMIT 1
