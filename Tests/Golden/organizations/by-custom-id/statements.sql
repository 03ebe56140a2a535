-- Query.organization_ByCustomId
SELECT NULL, t.name, nullif(t.reference_id, '')
FROM organization t
WHERE t.tenant_id = $1 AND t.reference_id = $2 AND t.reference_id <> '' AND t.state IN ('LIVE', 'HIDDEN')
ORDER BY t.created_at, t.id
LIMIT 1

-- Query.organization_ByCustomId
SELECT NULL, t.name
FROM organization t
WHERE t.tenant_id = $1 AND t.reference_id = $2 AND t.reference_id <> '' AND t.state IN ('LIVE', 'HIDDEN')
ORDER BY t.created_at, t.id
LIMIT 1
