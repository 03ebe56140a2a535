-- Query.users.count
SELECT count(*)
FROM app_user t
WHERE t.tenant_id = $1
  AND NOT t.internal
  AND NOT t.bot
  AND t.state = 'LIVE'
  AND ((fold(t.first_name) = fold($2::text)) OR (strpos(fold(t.last_name), fold($3::text)) > 0))

-- Query.users
SELECT NULL, nullif(coalesce(nullif(t.name, ''), trim(t.first_name || ' ' || t.last_name)), '')
FROM app_user t
WHERE t.tenant_id = $1
  AND NOT t.internal
  AND NOT t.bot
  AND t.state = 'LIVE'
  AND ((fold(t.first_name) = fold($2::text)) OR (strpos(fold(t.last_name), fold($3::text)) > 0))
ORDER BY fold(t.first_name) DESC, t.created_at DESC, t.id DESC
LIMIT $4
OFFSET $5

-- Query.users
SELECT NULL, nullif(coalesce(nullif(t.name, ''), trim(t.first_name || ' ' || t.last_name)), '')
FROM app_user t
WHERE t.tenant_id = $1
  AND NOT t.internal
  AND NOT t.bot
  AND t.state = 'LIVE'
  AND (EXISTS (SELECT FROM unnest(t.roles) r (role) WHERE r.role = $2::text))
ORDER BY t.created_at, t.id
LIMIT $3
OFFSET $4
