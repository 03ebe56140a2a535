-- Query.user_Current
SELECT NULL, t.id, nullif(coalesce(nullif(t.name, ''), trim(t.first_name || ' ' || t.last_name)), ''), t.roles
FROM app_user t
WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.state = 'LIVE'

-- User.emails
SELECT l.user_id, coalesce(nullif(t.email, ''), t.raw_email)
FROM user_email l
JOIN email t ON t.tenant_id = l.tenant_id AND t.id = l.email_id
WHERE l.tenant_id = $1 AND l.user_id = ANY ($2::uuid[])
ORDER BY t.email, t.raw_email, t.id
