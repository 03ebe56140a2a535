-- app_user.archive
UPDATE app_user
SET state = 'ARCHIVED', state_changed_at = now(), updated_at = now()
WHERE tenant_id = $1 AND id = $2::uuid AND state = 'LIVE'
RETURNING id
