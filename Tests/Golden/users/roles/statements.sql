-- app_user.add_role
UPDATE app_user
SET roles = CASE WHEN $3 = ANY (roles) THEN roles ELSE roles || $3 END,
  updated_at = CASE WHEN $3 = ANY (roles) THEN updated_at ELSE now() END
WHERE tenant_id = $1 AND id = $2::uuid AND state = 'LIVE'
RETURNING id

-- Mutation.user_AddRole
SELECT NULL, t.roles
FROM app_user t
WHERE t.tenant_id = $1 AND t.id = $2::uuid

-- app_user.add_role
UPDATE app_user
SET roles = CASE WHEN $3 = ANY (roles) THEN roles ELSE roles || $3 END,
  updated_at = CASE WHEN $3 = ANY (roles) THEN updated_at ELSE now() END
WHERE tenant_id = $1 AND id = $2::uuid AND state = 'LIVE'
RETURNING id

-- Mutation.user_AddRole
SELECT NULL, t.roles
FROM app_user t
WHERE t.tenant_id = $1 AND t.id = $2::uuid

-- app_user.remove_role
UPDATE app_user
SET roles = array_remove(roles, $3), updated_at = CASE WHEN $3 = ANY (roles) THEN now() ELSE updated_at END
WHERE tenant_id = $1 AND id = $2::uuid AND state = 'LIVE'
RETURNING id

-- Mutation.user_RemoveRole
SELECT NULL, t.roles
FROM app_user t
WHERE t.tenant_id = $1 AND t.id = $2::uuid

-- app_user.remove_role
UPDATE app_user
SET roles = array_remove(roles, $3), updated_at = CASE WHEN $3 = ANY (roles) THEN now() ELSE updated_at END
WHERE tenant_id = $1 AND id = $2::uuid AND state = 'LIVE'
RETURNING id

-- Mutation.user_RemoveRole
SELECT NULL, t.roles
FROM app_user t
WHERE t.tenant_id = $1 AND t.id = $2::uuid
