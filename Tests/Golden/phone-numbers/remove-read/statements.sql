-- Query.contact
SELECT NULL, t.id
FROM contact t
WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.state IN ('LIVE', 'HIDDEN')
LIMIT 1

-- Query.organization
SELECT NULL, t.id
FROM organization t
WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.state IN ('LIVE', 'HIDDEN')
LIMIT 1

-- Contact.phoneNumbers
SELECT l.contact_id, t.e164, nullif(t.raw_phone_number, ''), l.is_primary
FROM contact_phone_number l
JOIN phone_number t ON t.tenant_id = l.tenant_id AND t.id = l.phone_number_id
WHERE l.tenant_id = $1 AND l.contact_id = ANY ($2::uuid[])
ORDER BY t.created_at, t.id

-- Organization.phoneNumbers
SELECT l.organization_id, t.e164
FROM organization_phone_number l
JOIN phone_number t ON t.tenant_id = l.tenant_id AND t.id = l.phone_number_id
WHERE l.tenant_id = $1 AND l.organization_id = ANY ($2::uuid[])
ORDER BY t.created_at, t.id
