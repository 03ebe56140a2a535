-- billing_profile.lock
SELECT t.id
FROM billing_profile t
JOIN organization o ON o.tenant_id = t.tenant_id AND o.id = t.organization_id AND o.state IN ('LIVE', 'HIDDEN')
WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.organization_id = $3::uuid
FOR NO KEY UPDATE OF t

-- billing_profile.hold_email
SELECT id
FROM email
WHERE tenant_id = $1 AND id = $2::uuid
FOR KEY SHARE

-- then

-- billing_profile.lock
SELECT t.id
FROM billing_profile t
JOIN organization o ON o.tenant_id = t.tenant_id AND o.id = t.organization_id AND o.state IN ('LIVE', 'HIDDEN')
WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.organization_id = $3::uuid
FOR NO KEY UPDATE OF t

-- billing_profile.hold_email
SELECT id
FROM email
WHERE tenant_id = $1 AND id = $2::uuid
FOR KEY SHARE

-- then

-- billing_profile.lock
SELECT t.id
FROM billing_profile t
JOIN organization o ON o.tenant_id = t.tenant_id AND o.id = t.organization_id AND o.state IN ('LIVE', 'HIDDEN')
WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.organization_id = $3::uuid
FOR NO KEY UPDATE OF t

-- then

-- billing_profile.lock
SELECT t.id
FROM billing_profile t
JOIN organization o ON o.tenant_id = t.tenant_id AND o.id = t.organization_id AND o.state IN ('LIVE', 'HIDDEN')
WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.organization_id = $3::uuid
FOR NO KEY UPDATE OF t
