-- organization.lock_links
SELECT id
FROM organization
WHERE tenant_id = $1 AND id = $2::uuid AND state IN ('LIVE', 'HIDDEN')
FOR NO KEY UPDATE

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

-- organization_phone_number.put
INSERT INTO organization_phone_number (tenant_id, organization_id, phone_number_id, is_primary, label)
VALUES ($1, $2::uuid, $3::uuid, coalesce($4::boolean, false), $5)
ON CONFLICT (tenant_id, organization_id, phone_number_id) DO UPDATE
SET is_primary = coalesce($4::boolean, organization_phone_number.is_primary),
  label = coalesce($5, organization_phone_number.label)

-- timeline.refresh_addresses
CALL timeline_refresh_addresses($1::integer, $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[])

-- Mutation.phoneNumberMergeToOrganization
SELECT NULL, t.id, t.e164, nullif(t.raw_phone_number, ''), t.validated, l.is_primary, l.label, t.country_id
FROM organization_phone_number l
JOIN phone_number t ON t.tenant_id = l.tenant_id AND t.id = l.phone_number_id
WHERE l.tenant_id = $1 AND l.organization_id = $2::uuid AND t.id = $3::uuid

-- PhoneNumber.country
SELECT t.id, t.name
FROM country t
WHERE $1::integer = $1 AND t.id = ANY ($2::uuid[])

-- PhoneNumber.organizations
SELECT l.phone_number_id, t.name, t.id
FROM organization_phone_number l
JOIN organization t ON t.tenant_id = l.tenant_id AND t.id = l.organization_id
WHERE l.tenant_id = $1 AND l.phone_number_id = ANY ($2::uuid[]) AND t.state IN ('LIVE', 'HIDDEN')
ORDER BY t.name, t.id

-- Organization.phoneNumbers
SELECT l.organization_id, t.e164, l.is_primary, l.label
FROM organization_phone_number l
JOIN phone_number t ON t.tenant_id = l.tenant_id AND t.id = l.phone_number_id
WHERE l.tenant_id = $1 AND l.organization_id = ANY ($2::uuid[])
ORDER BY t.created_at, t.id
