-- Query.contact_ByEmail
SELECT NULL, t.name, t.state = 'HIDDEN'
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

-- Query.contact_ByPhone
SELECT NULL, t.name
FROM contact t
WHERE t.tenant_id = $1
  AND t.id = ANY (
    ARRAY(
      SELECT l.contact_id
      FROM contact_phone_number l
      WHERE l.tenant_id = $1
        AND l.phone_number_id = ANY (
          ARRAY(
            SELECT p.id
            FROM phone_number p
            WHERE p.tenant_id = $1
              AND coalesce(p.e164, p.raw_phone_number) = $2::text
              AND ($4::text = '' OR p.extension = $4::text)
            UNION ALL
            SELECT p.id
            FROM phone_number p
            WHERE p.tenant_id = $1 AND p.raw_phone_number = $3::text
          )
        )
    )
  )
  AND t.state IN ('LIVE', 'HIDDEN')
ORDER BY NOT EXISTS (
  SELECT
  FROM contact_phone_number l
  JOIN phone_number p ON p.tenant_id = l.tenant_id AND p.id = l.phone_number_id
  WHERE l.tenant_id = $1
    AND l.contact_id = t.id
    AND coalesce(p.e164, p.raw_phone_number) = $2::text
    AND p.extension = $4::text
),
  t.state = 'HIDDEN',
  t.created_at,
  t.id
LIMIT 1

-- Query.contact_ByLinkedIn
SELECT NULL, t.name
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
ORDER BY NOT EXISTS (
  SELECT
  FROM contact_social l
  JOIN social s ON s.tenant_id = l.tenant_id AND s.id = l.social_id
  WHERE l.tenant_id = $1 AND l.contact_id = t.id AND s.url_key = $2::text
),
  t.state = 'HIDDEN',
  t.created_at,
  t.id
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

-- Query.contact
SELECT NULL, t.name, t.state = 'HIDDEN'
FROM contact t
WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.state IN ('LIVE', 'HIDDEN')
LIMIT 1
