-- billing_profile.hold_organization
SELECT id
FROM organization
WHERE tenant_id = $1 AND id = $2::uuid AND state IN ('LIVE', 'HIDDEN')
FOR KEY SHARE
