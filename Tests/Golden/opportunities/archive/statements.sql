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

-- opportunity.archive
UPDATE opportunity
SET state = 'ARCHIVED', state_changed_at = now(), updated_at = now()
WHERE tenant_id = $1 AND id = $2::uuid

-- then

-- Query.opportunity
SELECT NULL, t.name
FROM opportunity t
WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.state = 'LIVE' AND t.internal_stage <> 'SUSPENDED'
LIMIT 1

-- Query.opportunities_LinkedToOrganizations.count
SELECT coalesce(
  (SELECT sum(count) FROM kept_count_now WHERE tenant_id = $1 AND subject = 'opportunity' AND state = 'LIVE'),
  0
) - (
  SELECT count(*)
  FROM organization o
  JOIN opportunity t ON t.tenant_id = o.tenant_id AND t.organization_id = o.id AND t.state = 'LIVE'
  WHERE o.tenant_id = $1 AND o.state <> 'LIVE'
)

-- Query.opportunities_LinkedToOrganizations
SELECT NULL, t.name
FROM opportunity t
JOIN organization o ON o.tenant_id = t.tenant_id AND o.id = t.organization_id AND o.state = 'LIVE'
WHERE t.tenant_id = $1 AND t.organization_id IS NOT NULL AND t.state = 'LIVE' AND t.internal_stage <> 'SUSPENDED'
ORDER BY t.created_at, t.id
LIMIT $2
OFFSET $3

-- Query.organization
SELECT NULL, t.id
FROM organization t
WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.state IN ('LIVE', 'HIDDEN')
LIMIT 1

-- Organization.opportunities
SELECT t.organization_id, t.name
FROM opportunity t
WHERE t.tenant_id = $1 AND t.organization_id = ANY ($2::uuid[]) AND t.state = 'LIVE' AND t.internal_stage <> 'SUSPENDED'
ORDER BY t.created_at DESC, t.id DESC

-- then

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
