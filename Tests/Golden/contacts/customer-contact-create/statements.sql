-- contact.insert
INSERT INTO contact (
  tenant_id,
  id,
  name,
  first_name,
  last_name,
  created_at,
  prefix,
  description,
  timezone,
  profile_photo_url,
  username
)
VALUES (
  $1,
  $2::uuid,
  $3,
  $4,
  $5,
  coalesce($6::timestamptz, now()),
  coalesce($7::text, ''),
  coalesce($8::text, ''),
  coalesce($9::text, ''),
  coalesce($10::text, ''),
  coalesce($11::text, '')
)

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

-- contact_email.put
INSERT INTO contact_email (tenant_id, contact_id, email_id, is_primary, label)
VALUES (
  $1,
  $2::uuid,
  $3::uuid,
  coalesce($4::boolean, false) OR NOT EXISTS (SELECT FROM contact_email WHERE tenant_id = $1 AND contact_id = $2::uuid),
  $5
)
ON CONFLICT (tenant_id, contact_id, email_id) DO UPDATE
SET is_primary = coalesce($4::boolean, contact_email.is_primary), label = coalesce($5, contact_email.label)

-- timeline.refresh_addresses
CALL timeline_refresh_addresses($1::integer, $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[])

-- Mutation.customer_contact_Create
SELECT NULL, t.id
FROM contact t
WHERE t.tenant_id = $1 AND t.id = $2::uuid

-- CustomerContact.email
SELECT l.contact_id, t.id
FROM contact_email l
JOIN email t ON t.tenant_id = l.tenant_id AND t.id = l.email_id
WHERE l.tenant_id = $1 AND l.contact_id = ANY ($2::uuid[]) AND l.is_primary
