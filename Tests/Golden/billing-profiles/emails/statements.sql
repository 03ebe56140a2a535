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

-- billing_profile.link_email
INSERT INTO billing_profile_email AS l (tenant_id, billing_profile_id, email_id, is_primary)
VALUES ($1, $2::uuid, $3::uuid, coalesce($4::boolean, false))
ON CONFLICT (tenant_id, billing_profile_id, email_id) DO UPDATE
SET is_primary = excluded.is_primary

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

-- billing_profile.demote_email
UPDATE billing_profile_email
SET is_primary = false
WHERE tenant_id = $1 AND billing_profile_id = $2::uuid AND email_id <> $3::uuid AND is_primary

-- billing_profile.link_email
INSERT INTO billing_profile_email AS l (tenant_id, billing_profile_id, email_id, is_primary)
VALUES ($1, $2::uuid, $3::uuid, coalesce($4::boolean, false))
ON CONFLICT (tenant_id, billing_profile_id, email_id) DO UPDATE
SET is_primary = excluded.is_primary

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

-- billing_profile.link_email
INSERT INTO billing_profile_email AS l (tenant_id, billing_profile_id, email_id, is_primary)
VALUES ($1, $2::uuid, $3::uuid, coalesce($4::boolean, false))
ON CONFLICT (tenant_id, billing_profile_id, email_id) DO UPDATE
SET is_primary = excluded.is_primary

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

-- billing_profile.unlink_email
DELETE FROM billing_profile_email
WHERE tenant_id = $1 AND billing_profile_id = $2::uuid AND email_id = $3::uuid

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

-- billing_profile.unlink_email
DELETE FROM billing_profile_email
WHERE tenant_id = $1 AND billing_profile_id = $2::uuid AND email_id = $3::uuid
