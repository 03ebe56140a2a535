-- opportunity_stage.update
UPDATE opportunity_stage
SET tenant_id = tenant_id,
  label = coalesce($3::text, label),
  visible = coalesce($4::boolean, visible),
  likelihood_rate = coalesce($5::bigint, likelihood_rate)
WHERE tenant_id = $1 AND id = $2::uuid
RETURNING id
