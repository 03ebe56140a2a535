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

-- social.lock_key
SELECT pg_advisory_xact_lock(hashtextextended($2, $1::integer))

-- contact_social.find_other
SELECT o.id
FROM social t
JOIN contact_social l ON l.tenant_id = t.tenant_id AND l.social_id = t.id AND l.contact_id <> $2::uuid
JOIN contact o ON o.tenant_id = l.tenant_id AND o.id = l.contact_id AND o.state IN ('LIVE', 'HIDDEN')
WHERE t.tenant_id = $1 AND t.url_key = $3
LIMIT 1
