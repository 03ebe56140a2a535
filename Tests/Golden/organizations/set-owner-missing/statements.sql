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
