-- organization.lock
SELECT relationship, stage
FROM organization
WHERE tenant_id = $1 AND id = $2::uuid AND state IN ('LIVE', 'HIDDEN')
FOR NO KEY UPDATE

-- organization_domain.delete
WITH gone AS (
  DELETE FROM organization_domain
  WHERE tenant_id = $1 AND organization_id = $2::uuid AND ($3::text[] IS NULL OR domain = ANY ($3::text[]))
  RETURNING domain
)
UPDATE organization
SET updated_at = now()
WHERE tenant_id = $1 AND id = $2::uuid AND EXISTS (SELECT FROM gone)

-- organization.lock
SELECT relationship, stage
FROM organization
WHERE tenant_id = $1 AND id = $2::uuid AND state IN ('LIVE', 'HIDDEN')
FOR NO KEY UPDATE

-- organization_domain.delete
WITH gone AS (
  DELETE FROM organization_domain
  WHERE tenant_id = $1 AND organization_id = $2::uuid AND ($3::text[] IS NULL OR domain = ANY ($3::text[]))
  RETURNING domain
)
UPDATE organization
SET updated_at = now()
WHERE tenant_id = $1 AND id = $2::uuid AND EXISTS (SELECT FROM gone)

-- then

-- Query.organization
SELECT NULL, t.id
FROM organization t
WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.state IN ('LIVE', 'HIDDEN')
LIMIT 1

-- Query.organization
SELECT NULL, t.id
FROM organization t
WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.state IN ('LIVE', 'HIDDEN')
LIMIT 1

-- Organization.domains
SELECT organization_id, domain
FROM organization_domain
WHERE tenant_id = $1 AND organization_id = ANY ($2::uuid[])
ORDER BY domain

-- Organization.domains
SELECT organization_id, domain
FROM organization_domain
WHERE tenant_id = $1 AND organization_id = ANY ($2::uuid[])
ORDER BY domain
