-- app_user.lock
SELECT id
FROM app_user
WHERE tenant_id = $1 AND id = $2::uuid AND state = 'LIVE'
FOR NO KEY UPDATE

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
