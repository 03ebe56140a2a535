-- Query.contract
SELECT NULL, t.name
FROM contract t
WHERE t.tenant_id = $1
  AND t.id = $2::uuid
  AND t.state = 'LIVE'
  AND EXISTS (
    SELECT
    FROM organization o
    WHERE o.tenant_id = t.tenant_id AND o.id = t.organization_id AND o.state IN ('LIVE', 'HIDDEN')
  )
LIMIT 1
