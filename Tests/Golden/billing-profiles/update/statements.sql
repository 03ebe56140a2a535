-- billing_profile.lock
SELECT t.id
FROM billing_profile t
JOIN organization o ON o.tenant_id = t.tenant_id AND o.id = t.organization_id AND o.state IN ('LIVE', 'HIDDEN')
WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.organization_id = $3::uuid
FOR NO KEY UPDATE OF t

-- billing_profile.update
UPDATE billing_profile t
SET updated_at = now(), legal_name = coalesce($3::text, t.legal_name), tax_id = coalesce($4::text, t.tax_id)
WHERE t.tenant_id = $1 AND t.id = $2::uuid

-- then

-- billing_profile.lock
SELECT t.id
FROM billing_profile t
JOIN organization o ON o.tenant_id = t.tenant_id AND o.id = t.organization_id AND o.state IN ('LIVE', 'HIDDEN')
WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.organization_id = $3::uuid
FOR NO KEY UPDATE OF t
