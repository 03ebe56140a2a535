-- billing_profile.hold_organization
SELECT id
FROM organization
WHERE tenant_id = $1 AND id = $2::uuid AND state IN ('LIVE', 'HIDDEN')
FOR KEY SHARE

-- billing_profile.insert
INSERT INTO billing_profile (tenant_id, id, organization_id, created_at, legal_name, tax_id)
VALUES (
  $1,
  $2::uuid,
  $3::uuid,
  coalesce($4::timestamptz, (SELECT now())),
  coalesce($5::text, ''),
  coalesce($6::text, '')
)

-- then

-- billing_profile.hold_organization
SELECT id
FROM organization
WHERE tenant_id = $1 AND id = $2::uuid AND state IN ('LIVE', 'HIDDEN')
FOR KEY SHARE

-- billing_profile.insert
INSERT INTO billing_profile (tenant_id, id, organization_id, created_at, legal_name, tax_id)
VALUES (
  $1,
  $2::uuid,
  $3::uuid,
  coalesce($4::timestamptz, (SELECT now())),
  coalesce($5::text, ''),
  coalesce($6::text, '')
)
