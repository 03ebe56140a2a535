-- app_user.update
UPDATE app_user
SET updated_at = now(),
  first_name = coalesce($3::text, first_name),
  last_name = coalesce($4::text, last_name),
  name = coalesce($5::text, name),
  timezone = coalesce($6::text, timezone),
  profile_photo_url = coalesce($7::text, profile_photo_url)
WHERE tenant_id = $1 AND id = $2::uuid AND state = 'LIVE'
RETURNING id

-- Mutation.user_Update
SELECT NULL,
  nullif(coalesce(nullif(t.name, ''), trim(t.first_name || ' ' || t.last_name)), ''),
  t.first_name,
  t.last_name,
  nullif(t.timezone, ''),
  t.profile_photo_url
FROM app_user t
WHERE t.tenant_id = $1 AND t.id = $2::uuid

-- then

-- app_user.update
UPDATE app_user
SET updated_at = now(),
  first_name = coalesce($3::text, first_name),
  last_name = coalesce($4::text, last_name),
  name = coalesce($5::text, name),
  timezone = coalesce($6::text, timezone),
  profile_photo_url = coalesce($7::text, profile_photo_url)
WHERE tenant_id = $1 AND id = $2::uuid AND state = 'LIVE'
RETURNING id

-- Mutation.user_Update
SELECT NULL, nullif(coalesce(nullif(t.name, ''), trim(t.first_name || ' ' || t.last_name)), ''), nullif(t.timezone, '')
FROM app_user t
WHERE t.tenant_id = $1 AND t.id = $2::uuid
