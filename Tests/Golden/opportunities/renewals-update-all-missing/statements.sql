-- renewals.lock_organization
SELECT id
FROM organization
WHERE tenant_id = $1 AND id = $2::uuid AND state IN ('LIVE', 'HIDDEN')
FOR NO KEY UPDATE

-- renewals.lock_contracts
SELECT id
FROM contract
WHERE tenant_id = $1 AND organization_id = $2::uuid AND state = 'LIVE'
ORDER BY id
FOR NO KEY UPDATE
