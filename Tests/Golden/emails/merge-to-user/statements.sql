-- app_user.lock
SELECT id
FROM app_user
WHERE tenant_id = $1 AND id = $2::uuid AND state = 'LIVE'
FOR NO KEY UPDATE

-- email.find
SELECT id
FROM email
WHERE tenant_id = $1 AND (fold(raw_email) = fold($2) OR (email <> '' AND fold(email) = fold($2)))
ORDER BY created_at, id
LIMIT 1

-- email.insert
INSERT INTO email (tenant_id, id, raw_email, email)
VALUES ($1, $2::uuid, $3, fold($3))
ON CONFLICT (tenant_id, fold(raw_email)) DO NOTHING
RETURNING id

-- email.lock
SELECT id
FROM email
WHERE tenant_id = $1 AND id = ANY ($2::uuid[])
ORDER BY id
FOR UPDATE

-- user_email.put
INSERT INTO user_email (tenant_id, user_id, email_id, is_primary, label)
VALUES ($1, $2::uuid, $3::uuid, coalesce($4::boolean, false), $5)
ON CONFLICT (tenant_id, user_id, email_id) DO UPDATE
SET is_primary = coalesce($4::boolean, user_email.is_primary), label = coalesce($5, user_email.label)

-- Mutation.emailMergeToUser
SELECT NULL, t.id, coalesce(nullif(t.email, ''), t.raw_email), t.raw_email, l.is_primary, l.label
FROM user_email l
JOIN email t ON t.tenant_id = l.tenant_id AND t.id = l.email_id
WHERE l.tenant_id = $1 AND l.user_id = $2::uuid AND t.id = $3::uuid

-- Email.users
SELECT l.email_id, nullif(coalesce(nullif(t.name, ''), trim(t.first_name || ' ' || t.last_name)), ''), t.id
FROM user_email l
JOIN app_user t ON t.tenant_id = l.tenant_id AND t.id = l.user_id
WHERE l.tenant_id = $1 AND l.email_id = ANY ($2::uuid[]) AND t.state = 'LIVE'
ORDER BY t.first_name, t.last_name, t.id

-- User.emails
SELECT l.user_id, coalesce(nullif(t.email, ''), t.raw_email), l.is_primary, l.label
FROM user_email l
JOIN email t ON t.tenant_id = l.tenant_id AND t.id = l.email_id
WHERE l.tenant_id = $1 AND l.user_id = ANY ($2::uuid[])
ORDER BY t.email, t.raw_email, t.id
