-- contact.lock
SELECT name, first_name, last_name
FROM contact
WHERE tenant_id = $1 AND id = $2::uuid AND state IN ('LIVE', 'HIDDEN')
FOR NO KEY UPDATE

-- contact.update
UPDATE contact c
SET updated_at = now(),
  name = $2,
  first_name = $3,
  last_name = $4,
  prefix = coalesce($5::text, c.prefix),
  description = coalesce($6::text, c.description),
  timezone = coalesce($7::text, c.timezone),
  profile_photo_url = coalesce($8::text, c.profile_photo_url),
  username = coalesce($9::text, c.username)
WHERE c.tenant_id = $1 AND c.id = $10::uuid

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
UPDATE contact c
SET updated_at = now(),
  name = $2,
  first_name = $3,
  last_name = $4,
  prefix = coalesce($5::text, c.prefix),
  description = coalesce($6::text, c.description),
  timezone = coalesce($7::text, c.timezone),
  profile_photo_url = coalesce($8::text, c.profile_photo_url),
  username = coalesce($9::text, c.username)
WHERE c.tenant_id = $1 AND c.id = $10::uuid

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
