-- app_user.lock
SELECT id
FROM app_user
WHERE tenant_id = $1 AND id = $2::uuid AND state = 'LIVE'
FOR NO KEY UPDATE

-- phone_number.find
SELECT p.id
FROM phone_number p
WHERE p.tenant_id = $1
  AND (coalesce(p.e164, p.raw_phone_number) = $2 AND p.extension = $4 OR p.e164 IS NULL AND p.raw_phone_number = $3)
ORDER BY p.e164 IS NULL, p.created_at, p.id
LIMIT 1

-- phone_number.insert
INSERT INTO phone_number (tenant_id, id, raw_phone_number, e164, extension, country_id, validated)
VALUES ($1, $2::uuid, $3, $4, $5, (SELECT id FROM country WHERE code_a2 = $6), false)
ON CONFLICT (tenant_id, coalesce(e164, raw_phone_number), extension) DO NOTHING
RETURNING id

-- phone_number.lock
SELECT id
FROM phone_number
WHERE tenant_id = $1 AND id = ANY ($2::uuid[])
ORDER BY id
FOR UPDATE

-- user_phone_number.demote
UPDATE user_phone_number
SET is_primary = false
WHERE tenant_id = $1 AND user_id = $2::uuid AND is_primary AND phone_number_id <> $3::uuid

-- user_phone_number.put
INSERT INTO user_phone_number (tenant_id, user_id, phone_number_id, is_primary, label)
VALUES ($1, $2::uuid, $3::uuid, coalesce($4::boolean, false), $5)
ON CONFLICT (tenant_id, user_id, phone_number_id) DO UPDATE
SET is_primary = coalesce($4::boolean, user_phone_number.is_primary), label = coalesce($5, user_phone_number.label)

-- Mutation.phoneNumberMergeToUser
SELECT NULL, t.id, t.e164, nullif(t.raw_phone_number, ''), t.validated, l.is_primary, l.label, t.country_id
FROM user_phone_number l
JOIN phone_number t ON t.tenant_id = l.tenant_id AND t.id = l.phone_number_id
WHERE l.tenant_id = $1 AND l.user_id = $2::uuid AND t.id = $3::uuid

-- PhoneNumber.country
SELECT t.id, t.name
FROM country t
WHERE $1::integer = $1 AND t.id = ANY ($2::uuid[])

-- PhoneNumber.users
SELECT l.phone_number_id, nullif(coalesce(nullif(t.name, ''), trim(t.first_name || ' ' || t.last_name)), ''), t.id
FROM user_phone_number l
JOIN app_user t ON t.tenant_id = l.tenant_id AND t.id = l.user_id
WHERE l.tenant_id = $1 AND l.phone_number_id = ANY ($2::uuid[]) AND t.state = 'LIVE'
ORDER BY t.first_name, t.last_name, t.id

-- User.phoneNumbers
SELECT l.user_id, t.e164, l.is_primary, l.label
FROM user_phone_number l
JOIN phone_number t ON t.tenant_id = l.tenant_id AND t.id = l.phone_number_id
WHERE l.tenant_id = $1 AND l.user_id = ANY ($2::uuid[])
ORDER BY t.created_at, t.id
