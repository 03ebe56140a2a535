-- app_user.archive
UPDATE app_user
SET state = 'ARCHIVED', state_changed_at = now(), updated_at = now()
WHERE tenant_id = $1 AND id = $2::uuid AND state = 'LIVE'
RETURNING id

-- then

-- app_user.archive
UPDATE app_user
SET state = 'ARCHIVED', state_changed_at = now(), updated_at = now()
WHERE tenant_id = $1 AND id = $2::uuid AND state = 'LIVE'
RETURNING id

-- then

-- Query.user
SELECT NULL, nullif(coalesce(nullif(t.name, ''), trim(t.first_name || ' ' || t.last_name)), '')
FROM app_user t
WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.state = 'LIVE'
LIMIT 1
