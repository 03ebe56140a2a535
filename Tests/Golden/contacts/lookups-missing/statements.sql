-- Query.contact
SELECT NULL, t.name
FROM contact t
WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.state IN ('LIVE', 'HIDDEN')
LIMIT 1

-- Query.contact
SELECT NULL, t.name
FROM contact t
WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.state IN ('LIVE', 'HIDDEN')
LIMIT 1

-- Query.contact
SELECT NULL, t.name
FROM contact t
WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.state IN ('LIVE', 'HIDDEN')
LIMIT 1

-- Query.contact
SELECT NULL, t.name
FROM contact t
WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.state IN ('LIVE', 'HIDDEN')
LIMIT 1

-- Query.contact_ByEmail
SELECT NULL, t.name
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

-- Query.contact_ExistsByLinkedIn
SELECT EXISTS (
  SELECT
  FROM contact t
  WHERE t.tenant_id = $1
    AND t.id = ANY (
      ARRAY(
        SELECT l.contact_id
        FROM contact_social l
        WHERE l.tenant_id = $1
          AND l.social_id = ANY (
            ARRAY(
              SELECT s.id
              FROM social s
              WHERE s.tenant_id = $1 AND s.url_key = $2::text
              UNION ALL
              SELECT s.id
              FROM social s
              WHERE s.tenant_id = $1
                AND s.alias <> ''
                AND fold(s.alias) = fold($3::text)
                AND starts_with(s.url_key, 'linkedin.com/in/')
              UNION ALL
              SELECT s.id
              FROM social s
              WHERE s.tenant_id = $1
                AND s.external_id <> ''
                AND s.external_id = $3::text
                AND starts_with(s.url_key, 'linkedin.com/in/')
            )
          )
      )
    )
    AND t.state IN ('LIVE', 'HIDDEN')
)
