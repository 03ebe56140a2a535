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
SELECT NULL, t.id, t.name, t.amount, t.internal_stage
FROM opportunity t
WHERE t.tenant_id = $1 AND t.id = $2::uuid
