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

-- opportunity.update
UPDATE opportunity o
SET updated_at = now(),
  organization_id = coalesce($3::uuid, o.organization_id),
  owner_id = CASE WHEN $4::boolean THEN $5::uuid ELSE o.owner_id END,
  internal_stage = CASE WHEN $6::boolean THEN 'OPEN' ELSE o.internal_stage END,
  closed_at = CASE WHEN $6::boolean THEN NULL ELSE o.closed_at END,
  stage_changed_at = CASE
    WHEN $6::boolean OR coalesce($14::text, o.external_stage) <> o.external_stage THEN now()
    ELSE o.stage_changed_at
  END,
  name = coalesce($8::text, o.name),
  amount = coalesce($9::numeric, o.amount),
  max_amount = coalesce($10::numeric, o.max_amount),
  currency = coalesce($11::text, o.currency),
  internal_type = coalesce($12::text, o.internal_type),
  external_type = coalesce($13::text, o.external_type),
  external_stage = coalesce($14::text, o.external_stage),
  estimated_closed_at = coalesce($15::timestamptz, o.estimated_closed_at),
  general_notes = coalesce($16::text, o.general_notes),
  next_steps = coalesce($17::text, o.next_steps),
  comments = coalesce($18::text, o.comments),
  likelihood_rate = coalesce($19::bigint, o.likelihood_rate),
  renewal_updated_by_id = CASE
    WHEN $7::uuid IS NOT NULL AND o.internal_type = 'RENEWAL' AND coalesce($9::numeric, o.amount) <> o.amount THEN $7::uuid
    ELSE o.renewal_updated_by_id
  END,
  renewal_updated_at = CASE
    WHEN $7::uuid IS NOT NULL AND o.internal_type = 'RENEWAL' AND coalesce($9::numeric, o.amount) <> o.amount THEN now()
    ELSE o.renewal_updated_at
  END
FROM opportunity before
WHERE o.tenant_id = $1 AND o.id = $2::uuid AND before.tenant_id = o.tenant_id AND before.id = o.id
RETURNING o.currency, o.amount, o.max_amount, o.amount <> before.amount

-- opportunity.close
UPDATE opportunity
SET internal_stage = $3,
  closed_at = now(),
  stage_changed_at = now(),
  external_stage = CASE WHEN internal_type = 'NBO' THEN '' ELSE external_stage END
WHERE tenant_id = $1 AND id = $2::uuid
RETURNING internal_type, organization_id

-- opportunity.move_organization
UPDATE organization
SET relationship = $3,
  stage = $4,
  updated_at = now(),
  stage_changed_at = CASE WHEN stage IS DISTINCT FROM $4 THEN now() ELSE stage_changed_at END
WHERE tenant_id = $1 AND id = $2::uuid

-- Mutation.opportunity_Save
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

-- opportunity.update
UPDATE opportunity o
SET updated_at = now(),
  organization_id = coalesce($3::uuid, o.organization_id),
  owner_id = CASE WHEN $4::boolean THEN $5::uuid ELSE o.owner_id END,
  internal_stage = CASE WHEN $6::boolean THEN 'OPEN' ELSE o.internal_stage END,
  closed_at = CASE WHEN $6::boolean THEN NULL ELSE o.closed_at END,
  stage_changed_at = CASE
    WHEN $6::boolean OR coalesce($14::text, o.external_stage) <> o.external_stage THEN now()
    ELSE o.stage_changed_at
  END,
  name = coalesce($8::text, o.name),
  amount = coalesce($9::numeric, o.amount),
  max_amount = coalesce($10::numeric, o.max_amount),
  currency = coalesce($11::text, o.currency),
  internal_type = coalesce($12::text, o.internal_type),
  external_type = coalesce($13::text, o.external_type),
  external_stage = coalesce($14::text, o.external_stage),
  estimated_closed_at = coalesce($15::timestamptz, o.estimated_closed_at),
  general_notes = coalesce($16::text, o.general_notes),
  next_steps = coalesce($17::text, o.next_steps),
  comments = coalesce($18::text, o.comments),
  likelihood_rate = coalesce($19::bigint, o.likelihood_rate),
  renewal_updated_by_id = CASE
    WHEN $7::uuid IS NOT NULL AND o.internal_type = 'RENEWAL' AND coalesce($9::numeric, o.amount) <> o.amount THEN $7::uuid
    ELSE o.renewal_updated_by_id
  END,
  renewal_updated_at = CASE
    WHEN $7::uuid IS NOT NULL AND o.internal_type = 'RENEWAL' AND coalesce($9::numeric, o.amount) <> o.amount THEN now()
    ELSE o.renewal_updated_at
  END
FROM opportunity before
WHERE o.tenant_id = $1 AND o.id = $2::uuid AND before.tenant_id = o.tenant_id AND before.id = o.id
RETURNING o.currency, o.amount, o.max_amount, o.amount <> before.amount

-- Mutation.opportunity_Save
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

-- opportunity.stages
SELECT value
FROM opportunity_stage
WHERE tenant_id = $1
ORDER BY position

-- opportunity.update
UPDATE opportunity o
SET updated_at = now(),
  organization_id = coalesce($3::uuid, o.organization_id),
  owner_id = CASE WHEN $4::boolean THEN $5::uuid ELSE o.owner_id END,
  internal_stage = CASE WHEN $6::boolean THEN 'OPEN' ELSE o.internal_stage END,
  closed_at = CASE WHEN $6::boolean THEN NULL ELSE o.closed_at END,
  stage_changed_at = CASE
    WHEN $6::boolean OR coalesce($14::text, o.external_stage) <> o.external_stage THEN now()
    ELSE o.stage_changed_at
  END,
  name = coalesce($8::text, o.name),
  amount = coalesce($9::numeric, o.amount),
  max_amount = coalesce($10::numeric, o.max_amount),
  currency = coalesce($11::text, o.currency),
  internal_type = coalesce($12::text, o.internal_type),
  external_type = coalesce($13::text, o.external_type),
  external_stage = coalesce($14::text, o.external_stage),
  estimated_closed_at = coalesce($15::timestamptz, o.estimated_closed_at),
  general_notes = coalesce($16::text, o.general_notes),
  next_steps = coalesce($17::text, o.next_steps),
  comments = coalesce($18::text, o.comments),
  likelihood_rate = coalesce($19::bigint, o.likelihood_rate),
  renewal_updated_by_id = CASE
    WHEN $7::uuid IS NOT NULL AND o.internal_type = 'RENEWAL' AND coalesce($9::numeric, o.amount) <> o.amount THEN $7::uuid
    ELSE o.renewal_updated_by_id
  END,
  renewal_updated_at = CASE
    WHEN $7::uuid IS NOT NULL AND o.internal_type = 'RENEWAL' AND coalesce($9::numeric, o.amount) <> o.amount THEN now()
    ELSE o.renewal_updated_at
  END
FROM opportunity before
WHERE o.tenant_id = $1 AND o.id = $2::uuid AND before.tenant_id = o.tenant_id AND before.id = o.id
RETURNING o.currency, o.amount, o.max_amount, o.amount <> before.amount

-- Mutation.opportunity_Save
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
