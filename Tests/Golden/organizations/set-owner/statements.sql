-- app_user.owner
SELECT id
FROM app_user
WHERE tenant_id = $1 AND id = $2::uuid AND state = 'LIVE' AND NOT internal AND NOT bot
FOR KEY SHARE

-- organization.set_owner
UPDATE organization
SET owner_id = $3::uuid, updated_at = now()
WHERE tenant_id = $1 AND id = $2::uuid AND state IN ('LIVE', 'HIDDEN')
RETURNING id

-- Mutation.organization_SetOwner
SELECT NULL, t.name, t.owner_id
FROM organization t
WHERE t.tenant_id = $1 AND t.id = $2::uuid

-- Organization.owner
SELECT t.id, nullif(coalesce(nullif(t.name, ''), trim(t.first_name || ' ' || t.last_name)), ''), t.first_name
FROM app_user t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state = 'LIVE'

-- app_user.owner
SELECT id
FROM app_user
WHERE tenant_id = $1 AND id = $2::uuid AND state = 'LIVE' AND NOT internal AND NOT bot
FOR KEY SHARE

-- organization.set_owner
UPDATE organization
SET owner_id = $3::uuid, updated_at = now()
WHERE tenant_id = $1 AND id = $2::uuid AND state IN ('LIVE', 'HIDDEN')
RETURNING id

-- Mutation.organization_SetOwner
SELECT NULL, t.owner_id
FROM organization t
WHERE t.tenant_id = $1 AND t.id = $2::uuid

-- Organization.owner
SELECT t.id, t.first_name
FROM app_user t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state = 'LIVE'

-- organization.unset_owner
UPDATE organization
SET owner_id = NULL, updated_at = CASE WHEN owner_id IS NULL THEN updated_at ELSE now() END
WHERE tenant_id = $1 AND id = $2::uuid AND state IN ('LIVE', 'HIDDEN')
RETURNING id

-- Mutation.organization_UnsetOwner
SELECT NULL, t.owner_id
FROM organization t
WHERE t.tenant_id = $1 AND t.id = $2::uuid

-- organization.unset_owner
UPDATE organization
SET owner_id = NULL, updated_at = CASE WHEN owner_id IS NULL THEN updated_at ELSE now() END
WHERE tenant_id = $1 AND id = $2::uuid AND state IN ('LIVE', 'HIDDEN')
RETURNING id

-- Mutation.organization_UnsetOwner
SELECT NULL, t.owner_id
FROM organization t
WHERE t.tenant_id = $1 AND t.id = $2::uuid
