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

-- app_user.owner
SELECT id
FROM app_user
WHERE tenant_id = $1 AND id = $2::uuid AND state = 'LIVE' AND NOT internal AND NOT bot
FOR KEY SHARE

-- opportunity.task
SELECT id
FROM task
WHERE tenant_id = $1 AND id = $2::uuid AND state = 'LIVE'
FOR KEY SHARE

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

-- opportunity.link_task
INSERT INTO task_opportunity (tenant_id, task_id, opportunity_id)
VALUES ($1, $2::uuid, $3::uuid)
ON CONFLICT DO NOTHING

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
