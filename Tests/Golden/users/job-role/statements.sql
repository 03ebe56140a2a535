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

-- Mutation.customer_user_AddJobRole
SELECT NULL, t.user_id, t.id
FROM job_role t
WHERE t.tenant_id = $1 AND t.id = $2::uuid

-- CustomerUser.jobRole
SELECT t.id, t.id
FROM job_role t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[])

-- then

-- Query.user
SELECT NULL, t.id
FROM app_user t
WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.state = 'LIVE'
LIMIT 1

-- User.jobRoles
SELECT t.user_id, nullif(t.job_title, ''), t.organization_id
FROM job_role t
WHERE t.tenant_id = $1 AND t.user_id = ANY ($2::uuid[])
ORDER BY t.job_title, t.created_at, t.id

-- JobRole.organization
SELECT t.id, t.name
FROM organization t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state IN ('LIVE', 'HIDDEN')
