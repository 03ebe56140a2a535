-- app_user.lock
SELECT id
FROM app_user
WHERE tenant_id = $1 AND id = $2::uuid AND state = 'LIVE'
FOR NO KEY UPDATE
