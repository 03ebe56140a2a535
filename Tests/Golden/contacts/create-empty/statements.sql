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
