-- app_user.insert
INSERT INTO app_user (tenant_id, id, app_source, first_name, last_name, name, timezone, profile_photo_url)
VALUES (
  $1,
  $2::uuid,
  coalesce(nullif($3, ''), 'customer-os-api'),
  coalesce($4::text, ''),
  coalesce($5::text, ''),
  coalesce($6::text, ''),
  coalesce($7::text, ''),
  coalesce($8::text, '')
)

-- email.find
SELECT id
FROM email
WHERE tenant_id = $1 AND (fold(raw_email) = fold($2) OR (email <> '' AND fold(email) = fold($2)))
ORDER BY created_at, id
LIMIT 1

-- email.insert
INSERT INTO email (tenant_id, id, raw_email, email)
VALUES ($1, $2::uuid, $3, fold($3))
ON CONFLICT (tenant_id, fold(raw_email)) DO NOTHING
RETURNING id

-- email.lock
SELECT id
FROM email
WHERE tenant_id = $1 AND id = ANY ($2::uuid[])
ORDER BY id
FOR UPDATE

-- user_email.demote
UPDATE user_email
SET is_primary = false
WHERE tenant_id = $1 AND user_id = $2::uuid AND is_primary AND email_id <> $3::uuid

-- user_email.put
INSERT INTO user_email (tenant_id, user_id, email_id, is_primary, label)
VALUES ($1, $2::uuid, $3::uuid, coalesce($4::boolean, false), $5)
ON CONFLICT (tenant_id, user_id, email_id) DO UPDATE
SET is_primary = coalesce($4::boolean, user_email.is_primary), label = coalesce($5, user_email.label)

-- job_role.insert_of_user
INSERT INTO job_role (
  tenant_id,
  id,
  user_id,
  organization_id,
  job_title,
  description,
  company,
  is_primary,
  started_at,
  ended_at,
  app_source
)
SELECT $1,
  $2::uuid,
  $3::uuid,
  $4::uuid,
  coalesce($5::text, ''),
  $6::text,
  $7::text,
  coalesce($8::boolean, false),
  $9::timestamptz,
  $10::timestamptz,
  coalesce(nullif($11, ''), 'customer-os-api')
WHERE $4::uuid IS NULL
  OR EXISTS (SELECT FROM organization WHERE tenant_id = $1 AND id = $4::uuid AND state IN ('LIVE', 'HIDDEN'))
RETURNING id

-- then

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
