-- The renewals that forecasts add up.
CREATE OR REPLACE VIEW active_renewal AS
  SELECT tenant_id, id, organization_id, contract_id, owner_id, created_by_id, renewal_updated_by_id, name,
    currency, amount, max_amount, likelihood_rate, internal_type, internal_stage, external_type, external_stage,
    general_notes, next_steps, comments, estimated_closed_at, closed_at, stage_changed_at, renewed_at,
    renewal_approved, renewal_updated_at, renewal_likelihood, renewal_adjusted_rate, state, state_changed_at,
    source, app_source, created_at, updated_at
  FROM opportunity
  WHERE internal_type = 'RENEWAL' AND internal_stage = 'OPEN' AND state = 'LIVE';
