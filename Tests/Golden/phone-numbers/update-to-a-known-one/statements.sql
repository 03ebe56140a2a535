-- phone_number.lock_organizations
SELECT id
FROM organization
WHERE tenant_id = $1
  AND id = ANY (
    ARRAY(
      SELECT organization_id
      FROM organization_phone_number
      WHERE tenant_id = $1 AND phone_number_id = $2::uuid
      UNION
      SELECT j.organization_id
      FROM contact_phone_number l
      JOIN job_role j ON j.tenant_id = l.tenant_id AND j.contact_id = l.contact_id AND j.organization_id IS NOT NULL
      WHERE l.tenant_id = $1 AND l.phone_number_id = $2::uuid
    )
  )
ORDER BY id
FOR NO KEY UPDATE

-- phone_number.lock_contacts
SELECT id
FROM contact
WHERE tenant_id = $1
  AND id = ANY (ARRAY(SELECT contact_id FROM contact_phone_number WHERE tenant_id = $1 AND phone_number_id = $2::uuid))
ORDER BY id
FOR NO KEY UPDATE

-- phone_number.lock_users
SELECT id
FROM app_user
WHERE tenant_id = $1
  AND id = ANY (ARRAY(SELECT user_id FROM user_phone_number WHERE tenant_id = $1 AND phone_number_id = $2::uuid))
ORDER BY id
FOR NO KEY UPDATE

-- phone_number.lock_one
SELECT id
FROM phone_number
WHERE tenant_id = $1 AND id = $2::uuid
FOR UPDATE

-- phone_number.find_other
SELECT p.id
FROM phone_number p
WHERE p.tenant_id = $1
  AND p.id <> $2::uuid
  AND (coalesce(p.e164, p.raw_phone_number) = $3 AND p.extension = $5 OR p.e164 IS NULL AND p.raw_phone_number = $4)
ORDER BY p.e164 IS NULL, p.created_at, p.id
LIMIT 1
FOR UPDATE

-- contact_phone_number.collapse
WITH gone AS (
  DELETE FROM contact_phone_number l
  USING contact_phone_number o
  WHERE l.tenant_id = $1
    AND l.phone_number_id = $2::uuid
    AND o.tenant_id = $1
    AND o.phone_number_id = $3::uuid
    AND o.contact_id = l.contact_id
  RETURNING l.contact_id AS owner_id, l.is_primary
)
UPDATE contact_phone_number l
SET is_primary = true
FROM gone
WHERE gone.is_primary AND l.tenant_id = $1 AND l.contact_id = gone.owner_id AND l.phone_number_id = $3::uuid

-- contact_phone_number.move
UPDATE contact_phone_number
SET phone_number_id = $3::uuid
WHERE tenant_id = $1 AND phone_number_id = $2::uuid

-- organization_phone_number.collapse
WITH gone AS (
  DELETE FROM organization_phone_number l
  USING organization_phone_number o
  WHERE l.tenant_id = $1
    AND l.phone_number_id = $2::uuid
    AND o.tenant_id = $1
    AND o.phone_number_id = $3::uuid
    AND o.organization_id = l.organization_id
  RETURNING l.organization_id AS owner_id, l.is_primary
)
UPDATE organization_phone_number l
SET is_primary = true
FROM gone
WHERE gone.is_primary AND l.tenant_id = $1 AND l.organization_id = gone.owner_id AND l.phone_number_id = $3::uuid

-- organization_phone_number.move
UPDATE organization_phone_number
SET phone_number_id = $3::uuid
WHERE tenant_id = $1 AND phone_number_id = $2::uuid

-- user_phone_number.collapse
WITH gone AS (
  DELETE FROM user_phone_number l
  USING user_phone_number o
  WHERE l.tenant_id = $1
    AND l.phone_number_id = $2::uuid
    AND o.tenant_id = $1
    AND o.phone_number_id = $3::uuid
    AND o.user_id = l.user_id
  RETURNING l.user_id AS owner_id, l.is_primary
)
UPDATE user_phone_number l
SET is_primary = true
FROM gone
WHERE gone.is_primary AND l.tenant_id = $1 AND l.user_id = gone.owner_id AND l.phone_number_id = $3::uuid

-- user_phone_number.move
UPDATE user_phone_number
SET phone_number_id = $3::uuid
WHERE tenant_id = $1 AND phone_number_id = $2::uuid

-- timeline.refresh_addresses
CALL timeline_refresh_addresses($1::integer, $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[])

-- Mutation.phoneNumber_Update
SELECT NULL, t.id, t.e164, nullif(t.raw_phone_number, ''), t.validated, false, NULL::text, t.country_id
FROM phone_number t
WHERE t.tenant_id = $1 AND t.id = $2::uuid

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
SELECT l.contact_id, t.e164, l.is_primary
FROM contact_phone_number l
JOIN phone_number t ON t.tenant_id = l.tenant_id AND t.id = l.phone_number_id
WHERE l.tenant_id = $1 AND l.contact_id = ANY ($2::uuid[])
ORDER BY t.created_at, t.id
