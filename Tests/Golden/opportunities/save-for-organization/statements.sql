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

-- app_user.owner
SELECT id
FROM app_user
WHERE tenant_id = $1 AND id = $2::uuid AND state = 'LIVE' AND NOT internal AND NOT bot
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

-- Mutation.opportunity_Save
SELECT NULL,
  t.name,
  t.amount,
  t.currency,
  t.general_notes,
  t.internal_type,
  t.internal_stage,
  t.estimated_closed_at,
  t.organization_id,
  t.owner_id,
  t.stage_changed_at
FROM opportunity t
WHERE t.tenant_id = $1 AND t.id = $2::uuid

-- Opportunity.organization
SELECT t.id, t.name
FROM organization t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state IN ('LIVE', 'HIDDEN')

-- Opportunity.owner
SELECT t.id, nullif(coalesce(nullif(t.name, ''), trim(t.first_name || ' ' || t.last_name)), '')
FROM app_user t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state = 'LIVE'
