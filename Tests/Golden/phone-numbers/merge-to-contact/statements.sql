-- contact.enter
SELECT pg_advisory_xact_lock(hash)
FROM (SELECT DISTINCT hashtextextended('contact ' || id, $1::integer) AS hash FROM unnest($2::uuid[]) id ORDER BY hash) ordered

-- contact.lock_all_organizations
SELECT o.id, o.state
FROM organization o
WHERE o.tenant_id = $1
  AND o.id = ANY (
    ARRAY(
      SELECT j.organization_id
      FROM job_role j
      WHERE j.tenant_id = $1 AND j.contact_id = ANY ($2::uuid[]) AND j.organization_id IS NOT NULL
      UNION
      SELECT $3::uuid
    )
  )
ORDER BY o.id
FOR NO KEY UPDATE

-- contact.lock_all
SELECT id
FROM contact
WHERE tenant_id = $1 AND id = ANY ($2::uuid[]) AND state IN ('LIVE', 'HIDDEN')
ORDER BY id
FOR NO KEY UPDATE

-- contact.all_organizations
SELECT DISTINCT organization_id
FROM job_role
WHERE tenant_id = $1 AND contact_id = ANY ($2::uuid[]) AND organization_id IS NOT NULL

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

-- Mutation.phoneNumberMergeToContact
SELECT NULL, t.id, t.e164, nullif(t.raw_phone_number, ''), t.validated, l.is_primary, l.label, t.country_id
FROM contact_phone_number l
JOIN phone_number t ON t.tenant_id = l.tenant_id AND t.id = l.phone_number_id
WHERE l.tenant_id = $1 AND l.contact_id = $2::uuid AND t.id = $3::uuid

-- PhoneNumber.country
SELECT t.id, t.name
FROM country t
WHERE $1::integer = $1 AND t.id = ANY ($2::uuid[])

-- PhoneNumber.contacts
SELECT l.phone_number_id, t.name, t.id
FROM contact_phone_number l
JOIN contact t ON t.tenant_id = l.tenant_id AND t.id = l.contact_id
WHERE l.tenant_id = $1 AND l.phone_number_id = ANY ($2::uuid[]) AND t.state IN ('LIVE', 'HIDDEN')
ORDER BY t.first_name, t.last_name, t.id

-- Contact.phoneNumbers
SELECT l.contact_id, t.e164, l.is_primary, l.label
FROM contact_phone_number l
JOIN phone_number t ON t.tenant_id = l.tenant_id AND t.id = l.phone_number_id
WHERE l.tenant_id = $1 AND l.contact_id = ANY ($2::uuid[])
ORDER BY t.created_at, t.id
