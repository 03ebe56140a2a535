-- Query.user_ByEmail
SELECT NULL, nullif(coalesce(nullif(t.name, ''), trim(t.first_name || ' ' || t.last_name)), '')
FROM app_user t
WHERE t.tenant_id = $1
  AND t.id = ANY (
    ARRAY(
      SELECT l.user_id
      FROM user_email l
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
  AND t.state = 'LIVE'
ORDER BY t.created_at, t.id
LIMIT 1
