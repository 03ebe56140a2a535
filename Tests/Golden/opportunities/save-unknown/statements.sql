-- opportunity.lock_organizations
SELECT id, state, relationship, stage
FROM organization
WHERE tenant_id = $1
  AND (
    id = $3::uuid
    OR id = (
      SELECT coalesce(o.organization_id, c.organization_id)
      FROM opportunity o
      LEFT JOIN contract c ON c.tenant_id = o.tenant_id AND c.id = o.contract_id
      WHERE o.tenant_id = $1 AND o.id = $2::uuid
    )
  )
ORDER BY id
FOR NO KEY UPDATE

-- opportunity.lock_contract
SELECT id, organization_id
FROM contract
WHERE tenant_id = $1 AND id = (SELECT contract_id FROM opportunity WHERE tenant_id = $1 AND id = $2::uuid)
FOR NO KEY UPDATE

-- opportunity.lock
SELECT internal_stage, external_stage, internal_type, contract_id, organization_id
FROM opportunity
WHERE tenant_id = $1 AND id = $2::uuid AND state = 'LIVE' AND internal_stage <> 'SUSPENDED'
FOR NO KEY UPDATE
