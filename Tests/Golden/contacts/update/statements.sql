-- contact.lock
SELECT name, first_name, last_name
FROM contact
WHERE tenant_id = $1 AND id = $2::uuid AND state IN ('LIVE', 'HIDDEN')
FOR NO KEY UPDATE

-- contact.update
UPDATE contact
SET updated_at = now(),
  name = $3,
  first_name = $4,
  last_name = $5,
  prefix = coalesce($6::text, prefix),
  description = coalesce($7::text, description),
  timezone = coalesce($8::text, timezone),
  profile_photo_url = coalesce($9::text, profile_photo_url),
  username = coalesce($10::text, username)
WHERE tenant_id = $1 AND id = $2::uuid

-- Mutation.contact_Update
SELECT NULL,
  t.id,
  t.created_at,
  t.updated_at,
  coalesce(nullif(t.source, ''), 'NA'),
  t.app_source,
  t.prefix,
  t.name,
  t.first_name,
  t.last_name,
  t.username,
  t.description,
  t.timezone,
  t.profile_photo_url,
  t.state = 'HIDDEN'
FROM contact t
WHERE t.tenant_id = $1 AND t.id = $2::uuid

-- contact.lock
SELECT name, first_name, last_name
FROM contact
WHERE tenant_id = $1 AND id = $2::uuid AND state IN ('LIVE', 'HIDDEN')
FOR NO KEY UPDATE

-- contact.update
UPDATE contact
SET updated_at = now(),
  name = $3,
  first_name = $4,
  last_name = $5,
  prefix = coalesce($6::text, prefix),
  description = coalesce($7::text, description),
  timezone = coalesce($8::text, timezone),
  profile_photo_url = coalesce($9::text, profile_photo_url),
  username = coalesce($10::text, username)
WHERE tenant_id = $1 AND id = $2::uuid

-- Mutation.contact_Update
SELECT NULL,
  t.id,
  t.created_at,
  t.updated_at,
  coalesce(nullif(t.source, ''), 'NA'),
  t.app_source,
  t.prefix,
  t.name,
  t.first_name,
  t.last_name,
  t.username,
  t.description,
  t.timezone,
  t.profile_photo_url,
  t.state = 'HIDDEN'
FROM contact t
WHERE t.tenant_id = $1 AND t.id = $2::uuid
