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

-- contact_phone_number.overwrite
UPDATE contact_phone_number
SET is_primary = $4::boolean, label = $5
WHERE tenant_id = $1 AND contact_id = $2::uuid AND phone_number_id = $3::uuid
RETURNING phone_number_id

-- Mutation.phoneNumberUpdateInContact
SELECT NULL, t.id, t.e164, nullif(t.raw_phone_number, ''), t.validated, l.is_primary, l.label, t.country_id
FROM contact_phone_number l
JOIN phone_number t ON t.tenant_id = l.tenant_id AND t.id = l.phone_number_id
WHERE l.tenant_id = $1 AND l.contact_id = $2::uuid AND t.id = $3::uuid

-- PhoneNumber.country
SELECT t.id, t.name
FROM country t
WHERE $1::integer = $1 AND t.id = ANY ($2::uuid[])
