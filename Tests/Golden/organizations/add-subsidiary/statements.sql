-- organization_subsidiary.lock
SELECT pg_advisory_xact_lock(hashtextextended('organization_subsidiary', $1::integer))

-- organization.lock_all
SELECT id
FROM organization
WHERE tenant_id = $1 AND id = ANY ($2::uuid[]) AND state IN ('LIVE', 'HIDDEN')
ORDER BY id
FOR NO KEY UPDATE

-- organization_subsidiary.is_above
WITH RECURSIVE above (id) AS (
  SELECT parent_id
  FROM organization_subsidiary
  WHERE tenant_id = $1 AND subsidiary_id = $2::uuid
  UNION
  SELECT s.parent_id
  FROM above
  JOIN organization_subsidiary s ON s.tenant_id = $1 AND s.subsidiary_id = above.id
)
SELECT EXISTS (SELECT FROM above WHERE id = $3::uuid)

-- organization_subsidiary.upsert
INSERT INTO organization_subsidiary (tenant_id, parent_id, subsidiary_id, type)
VALUES ($1, $2::uuid, $3::uuid, $4)
ON CONFLICT (tenant_id, parent_id, subsidiary_id) DO UPDATE
SET type = excluded.type

-- Mutation.organization_AddSubsidiary
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

-- organization_subsidiary.is_above
WITH RECURSIVE above (id) AS (
  SELECT parent_id
  FROM organization_subsidiary
  WHERE tenant_id = $1 AND subsidiary_id = $2::uuid
  UNION
  SELECT s.parent_id
  FROM above
  JOIN organization_subsidiary s ON s.tenant_id = $1 AND s.subsidiary_id = above.id
)
SELECT EXISTS (SELECT FROM above WHERE id = $3::uuid)

-- organization_subsidiary.upsert
INSERT INTO organization_subsidiary (tenant_id, parent_id, subsidiary_id, type)
VALUES ($1, $2::uuid, $3::uuid, $4)
ON CONFLICT (tenant_id, parent_id, subsidiary_id) DO UPDATE
SET type = excluded.type

-- Mutation.organization_AddSubsidiary
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

-- organization_subsidiary.is_above
WITH RECURSIVE above (id) AS (
  SELECT parent_id
  FROM organization_subsidiary
  WHERE tenant_id = $1 AND subsidiary_id = $2::uuid
  UNION
  SELECT s.parent_id
  FROM above
  JOIN organization_subsidiary s ON s.tenant_id = $1 AND s.subsidiary_id = above.id
)
SELECT EXISTS (SELECT FROM above WHERE id = $3::uuid)

-- organization_subsidiary.remove_others
DELETE FROM organization_subsidiary s
USING organization o
WHERE s.tenant_id = $1
  AND s.parent_id = $2::uuid
  AND s.subsidiary_id <> $3::uuid
  AND o.tenant_id = s.tenant_id
  AND o.id = s.subsidiary_id
  AND o.state = 'LIVE'

-- organization_subsidiary.upsert
INSERT INTO organization_subsidiary (tenant_id, parent_id, subsidiary_id, type)
VALUES ($1, $2::uuid, $3::uuid, $4)
ON CONFLICT (tenant_id, parent_id, subsidiary_id) DO UPDATE
SET type = excluded.type

-- Mutation.organization_AddSubsidiary
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
