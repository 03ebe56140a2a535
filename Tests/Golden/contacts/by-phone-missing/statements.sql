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
