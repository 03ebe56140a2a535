-- organization_subsidiary.lock
SELECT pg_advisory_xact_lock(hashtextextended('organization_subsidiary', $1::integer))

-- organization.lock_all
SELECT id
FROM organization
WHERE tenant_id = $1 AND id = ANY ($2::uuid[]) AND state IN ('LIVE', 'HIDDEN')
ORDER BY id
FOR NO KEY UPDATE

-- organization_subsidiary.remove
DELETE FROM organization_subsidiary
WHERE tenant_id = $1 AND parent_id = $2::uuid AND subsidiary_id = $3::uuid

-- Mutation.organization_RemoveSubsidiary
SELECT NULL, t.name, t.id
FROM organization t
WHERE t.tenant_id = $1 AND t.id = $2::uuid

-- Organization.subsidiaries
SELECT t.parent_id, nullif(t.type, ''), t.subsidiary_id
FROM organization_subsidiary t
JOIN organization o ON o.tenant_id = t.tenant_id AND o.id = t.subsidiary_id
WHERE t.tenant_id = $1 AND t.parent_id = ANY ($2::uuid[]) AND o.state = 'LIVE'
ORDER BY o.name, o.created_at, o.id

-- Organization.parentCompanies
SELECT t.subsidiary_id, nullif(t.type, ''), t.parent_id
FROM organization_subsidiary t
JOIN organization o ON o.tenant_id = t.tenant_id AND o.id = t.parent_id
WHERE t.tenant_id = $1 AND t.subsidiary_id = ANY ($2::uuid[]) AND o.state IN ('LIVE', 'HIDDEN')
ORDER BY o.name, o.created_at, o.id

-- LinkedOrganization.organization
SELECT t.id, t.name
FROM organization t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state IN ('LIVE', 'HIDDEN')

-- organization_subsidiary.lock
SELECT pg_advisory_xact_lock(hashtextextended('organization_subsidiary', $1::integer))

-- organization.lock_all
SELECT id
FROM organization
WHERE tenant_id = $1 AND id = ANY ($2::uuid[]) AND state IN ('LIVE', 'HIDDEN')
ORDER BY id
FOR NO KEY UPDATE

-- organization_subsidiary.remove
DELETE FROM organization_subsidiary
WHERE tenant_id = $1 AND parent_id = $2::uuid AND subsidiary_id = $3::uuid

-- Mutation.organization_RemoveSubsidiary
SELECT NULL, t.name, t.id
FROM organization t
WHERE t.tenant_id = $1 AND t.id = $2::uuid

-- Organization.subsidiaries
SELECT t.parent_id, nullif(t.type, ''), t.subsidiary_id
FROM organization_subsidiary t
JOIN organization o ON o.tenant_id = t.tenant_id AND o.id = t.subsidiary_id
WHERE t.tenant_id = $1 AND t.parent_id = ANY ($2::uuid[]) AND o.state = 'LIVE'
ORDER BY o.name, o.created_at, o.id

-- Organization.parentCompanies
SELECT t.subsidiary_id, nullif(t.type, ''), t.parent_id
FROM organization_subsidiary t
JOIN organization o ON o.tenant_id = t.tenant_id AND o.id = t.parent_id
WHERE t.tenant_id = $1 AND t.subsidiary_id = ANY ($2::uuid[]) AND o.state IN ('LIVE', 'HIDDEN')
ORDER BY o.name, o.created_at, o.id

-- LinkedOrganization.organization
SELECT t.id, t.name
FROM organization t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state IN ('LIVE', 'HIDDEN')
