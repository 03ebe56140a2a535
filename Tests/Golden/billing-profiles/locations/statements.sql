-- billing_profile.lock
SELECT t.id
FROM billing_profile t
JOIN organization o ON o.tenant_id = t.tenant_id AND o.id = t.organization_id AND o.state IN ('LIVE', 'HIDDEN')
WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.organization_id = $3::uuid
FOR NO KEY UPDATE OF t

-- billing_profile.hold_location
SELECT id
FROM location
WHERE tenant_id = $1 AND id = $2::uuid
FOR KEY SHARE

-- billing_profile.link_location
INSERT INTO billing_profile_location (tenant_id, billing_profile_id, location_id)
VALUES ($1, $2::uuid, $3::uuid)
ON CONFLICT DO NOTHING

-- then

-- billing_profile.lock
SELECT t.id
FROM billing_profile t
JOIN organization o ON o.tenant_id = t.tenant_id AND o.id = t.organization_id AND o.state IN ('LIVE', 'HIDDEN')
WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.organization_id = $3::uuid
FOR NO KEY UPDATE OF t

-- billing_profile.hold_location
SELECT id
FROM location
WHERE tenant_id = $1 AND id = $2::uuid
FOR KEY SHARE

-- billing_profile.link_location
INSERT INTO billing_profile_location (tenant_id, billing_profile_id, location_id)
VALUES ($1, $2::uuid, $3::uuid)
ON CONFLICT DO NOTHING

-- then

-- billing_profile.lock
SELECT t.id
FROM billing_profile t
JOIN organization o ON o.tenant_id = t.tenant_id AND o.id = t.organization_id AND o.state IN ('LIVE', 'HIDDEN')
WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.organization_id = $3::uuid
FOR NO KEY UPDATE OF t

-- billing_profile.hold_location
SELECT id
FROM location
WHERE tenant_id = $1 AND id = $2::uuid
FOR KEY SHARE

-- billing_profile.unlink_location
DELETE FROM billing_profile_location
WHERE tenant_id = $1 AND billing_profile_id = $2::uuid AND location_id = $3::uuid

-- then

-- billing_profile.lock
SELECT t.id
FROM billing_profile t
JOIN organization o ON o.tenant_id = t.tenant_id AND o.id = t.organization_id AND o.state IN ('LIVE', 'HIDDEN')
WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.organization_id = $3::uuid
FOR NO KEY UPDATE OF t

-- billing_profile.hold_location
SELECT id
FROM location
WHERE tenant_id = $1 AND id = $2::uuid
FOR KEY SHARE

-- billing_profile.unlink_location
DELETE FROM billing_profile_location
WHERE tenant_id = $1 AND billing_profile_id = $2::uuid AND location_id = $3::uuid
