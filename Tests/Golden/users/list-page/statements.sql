-- Query.users.count
SELECT count(*)
FROM app_user t
WHERE t.tenant_id = $1 AND NOT t.internal AND NOT t.bot AND t.state = 'LIVE'

-- Query.users
SELECT NULL, nullif(coalesce(nullif(t.name, ''), trim(t.first_name || ' ' || t.last_name)), ''), t.roles
FROM app_user t
WHERE t.tenant_id = $1 AND NOT t.internal AND NOT t.bot AND t.state = 'LIVE'
ORDER BY fold(t.last_name) DESC, t.created_at DESC, t.id DESC
LIMIT $2
OFFSET $3
