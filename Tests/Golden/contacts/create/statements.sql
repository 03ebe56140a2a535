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

-- external_link.insert
WITH known AS (INSERT INTO external_system (tenant_id, type) VALUES ($1, $4) ON CONFLICT DO NOTHING)
INSERT INTO external_link (tenant_id, id, contact_id, system, external_id, external_url, external_source, synced_at)
VALUES ($1, $2::uuid, $3::uuid, $4, $5, $6, $7, $8::timestamptz)
ON CONFLICT (tenant_id, system, external_id, owner_id) DO NOTHING

-- social.lock_key
SELECT pg_advisory_xact_lock(hashtextextended($2, $1::integer))

-- contact_social.find_other
SELECT o.id
FROM social t
JOIN contact_social l ON l.tenant_id = t.tenant_id AND l.social_id = t.id AND l.contact_id <> $2::uuid
JOIN contact o ON o.tenant_id = l.tenant_id AND o.id = l.contact_id AND o.state IN ('LIVE', 'HIDDEN')
WHERE t.tenant_id = $1 AND t.url_key = $3
LIMIT 1

-- contact_social.insert
WITH made AS (
  INSERT INTO social (tenant_id, id, url, url_key, alias)
  VALUES ($1, $2::uuid, $4, $5, $6)
  RETURNING tenant_id, id
)
INSERT INTO contact_social (tenant_id, contact_id, social_id)
SELECT tenant_id, $3::uuid, id
FROM made

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

-- contact_phone_number.demote
UPDATE contact_phone_number
SET is_primary = false
WHERE tenant_id = $1 AND contact_id = $2::uuid AND is_primary AND phone_number_id <> $3::uuid

-- contact_phone_number.put
INSERT INTO contact_phone_number (tenant_id, contact_id, phone_number_id, is_primary, label)
VALUES ($1, $2::uuid, $3::uuid, coalesce($4::boolean, false), $5)
ON CONFLICT (tenant_id, contact_id, phone_number_id) DO UPDATE
SET is_primary = coalesce($4::boolean, contact_phone_number.is_primary),
  label = coalesce($5, contact_phone_number.label)

-- timeline.refresh_addresses
CALL timeline_refresh_addresses($1::integer, $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[])

-- then

-- Query.contact_ByEmail
SELECT NULL,
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
  t.state = 'HIDDEN',
  t.owner_id,
  t.id
FROM contact t
WHERE t.tenant_id = $1
  AND t.id = ANY (
    ARRAY(
      SELECT l.contact_id
      FROM contact_email l
      WHERE l.tenant_id = $1
        AND l.email_id = ANY (
          ARRAY(
            SELECT e.id
            FROM email e
            WHERE e.tenant_id = $1 AND fold(e.raw_email) = fold($2)
            UNION ALL
            SELECT e.id
            FROM email e
            WHERE e.tenant_id = $1 AND e.email <> '' AND fold(e.email) = fold($2)
          )
        )
    )
  )
  AND t.state IN ('LIVE', 'HIDDEN')
ORDER BY t.state = 'HIDDEN', t.created_at, t.id
LIMIT 1

-- Contact.primaryEmail
SELECT l.contact_id, coalesce(nullif(t.email, ''), t.raw_email), l.is_primary
FROM contact_email l
JOIN email t ON t.tenant_id = l.tenant_id AND t.id = l.email_id
WHERE l.tenant_id = $1 AND l.contact_id = ANY ($2::uuid[]) AND l.is_primary

-- Contact.phoneNumbers
SELECT l.contact_id, t.e164, l.label, l.is_primary
FROM contact_phone_number l
JOIN phone_number t ON t.tenant_id = l.tenant_id AND t.id = l.phone_number_id
WHERE l.tenant_id = $1 AND l.contact_id = ANY ($2::uuid[])
ORDER BY t.created_at, t.id

-- Contact.socials
SELECT l.contact_id, t.url, t.alias
FROM contact_social l
JOIN social t ON t.tenant_id = l.tenant_id AND t.id = l.social_id
WHERE l.tenant_id = $1 AND l.contact_id = ANY ($2::uuid[])
ORDER BY t.url, t.created_at, t.id

-- Contact.jobRoles
SELECT t.contact_id, nullif(t.job_title, '')
FROM job_role t
WHERE t.tenant_id = $1 AND t.contact_id = ANY ($2::uuid[])
ORDER BY t.job_title, t.created_at, t.id
