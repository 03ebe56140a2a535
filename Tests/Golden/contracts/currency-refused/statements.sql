-- contract.lock_organization
SELECT id
FROM organization
WHERE tenant_id = $1 AND id = (SELECT organization_id FROM contract WHERE tenant_id = $1 AND id = $2::uuid)
FOR NO KEY UPDATE

-- contract.lock
SELECT organization_id, status, length_in_months
FROM contract
WHERE tenant_id = $1
  AND id = $2::uuid
  AND contract.state = 'LIVE'
  AND EXISTS (
    SELECT
    FROM organization o
    WHERE o.tenant_id = contract.tenant_id AND o.id = contract.organization_id AND o.state IN ('LIVE', 'HIDDEN')
  )
FOR NO KEY UPDATE

-- contract.has_decimals
SELECT EXISTS (SELECT FROM service_line_item WHERE tenant_id = $1 AND contract_id = $2::uuid AND price <> trunc(price))
