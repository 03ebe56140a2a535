-- Query.user
SELECT NULL, nullif(coalesce(nullif(t.name, ''), trim(t.first_name || ' ' || t.last_name)), '')
FROM app_user t
WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.state = 'LIVE'
LIMIT 1
