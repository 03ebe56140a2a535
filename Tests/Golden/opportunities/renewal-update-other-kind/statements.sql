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

-- Mutation.opportunityRenewalUpdate
SELECT NULL,
  t.name,
  t.amount,
  t.max_amount,
  t.currency,
  t.internal_type,
  t.internal_stage,
  t.external_stage,
  coalesce(t.renewal_likelihood, 'ZERO') || '_RENEWAL',
  t.renewal_adjusted_rate,
  t.comments,
  t.general_notes,
  t.next_steps,
  t.owner_id,
  t.organization_id,
  t.id
FROM opportunity t
WHERE t.tenant_id = $1 AND t.id = $2::uuid

-- Opportunity.owner
SELECT t.id, nullif(coalesce(nullif(t.name, ''), trim(t.first_name || ' ' || t.last_name)), '')
FROM app_user t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state = 'LIVE'

-- Opportunity.organization
SELECT t.id, t.relationship, nullif(t.stage, '')
FROM organization t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state IN ('LIVE', 'HIDDEN')

-- Opportunity.taskIds
SELECT l.opportunity_id, l.task_id
FROM task_opportunity l
JOIN task t ON t.tenant_id = l.tenant_id AND t.id = l.task_id AND t.state = 'LIVE'
WHERE l.tenant_id = $1 AND l.opportunity_id = ANY ($2::uuid[])
ORDER BY t.created_at, t.id
