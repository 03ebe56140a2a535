-- organization.lock_links
SELECT id
FROM organization
WHERE tenant_id = $1 AND id = $2::uuid AND state IN ('LIVE', 'HIDDEN')
FOR NO KEY UPDATE

-- organization_phone_number.overwrite
UPDATE organization_phone_number
SET is_primary = $4::boolean, label = $5
WHERE tenant_id = $1 AND organization_id = $2::uuid AND phone_number_id = $3::uuid
RETURNING phone_number_id
