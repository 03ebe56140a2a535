-- no statement

-- then

-- Query.organization
SELECT NULL, t.name
FROM organization t
WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.state IN ('LIVE', 'HIDDEN')
LIMIT 1
