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

-- opportunity.stages
SELECT value
FROM opportunity_stage
WHERE tenant_id = $1
ORDER BY position

-- opportunity.insert
INSERT INTO opportunity (
  tenant_id,
  id,
  organization_id,
  owner_id,
  created_by_id,
  stage_changed_at,
  name,
  amount,
  max_amount,
  currency,
  internal_type,
  external_type,
  external_stage,
  estimated_closed_at,
  general_notes,
  next_steps,
  comments,
  likelihood_rate
)
VALUES (
  $1,
  $2::uuid,
  $3::uuid,
  $4::uuid,
  $5::uuid,
  now(),
  coalesce($6::text, ''),
  coalesce($7::numeric, 0),
  coalesce($8::numeric, 0),
  coalesce($9::text, base_currency($1)),
  coalesce($10::text, 'NBO'),
  coalesce($11::text, ''),
  coalesce($12::text, ''),
  coalesce($13::timestamptz, NULL),
  coalesce($14::text, ''),
  coalesce($15::text, ''),
  coalesce($16::text, ''),
  coalesce($17::bigint, 0)
)
RETURNING currency, amount, max_amount

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
