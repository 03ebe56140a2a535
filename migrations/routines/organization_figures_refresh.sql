-- Adds up organizations from their contracts. Values in one currency keep it, whatever the newest contract is in.
-- When values are exchanged, what a division leaves beyond the eighth decimal must not cost a cent.
CREATE OR REPLACE PROCEDURE organization_figures_refresh(p_tenant integer, p_organizations uuid[], p_now timestamptz, p_cause text) LANGUAGE sql AS $$
  UPDATE organization o SET renewal_arr = renewal.arr, renewal_max_arr = renewal.max_arr, next_renewal_at = renewal.next_at,
    renewal_likelihood = renewal.likelihood, churned_at = contracts.churned_at, lifetime_value = contracts.lifetime_value,
    lifetime_value_currency = contracts.currency
  FROM unnest(p_organizations) given (id)
  CROSS JOIN LATERAL (
    SELECT figure(coalesce(sum(r.amount), 0), 'USD', p_cause) AS arr, figure(coalesce(sum(r.max_amount), 0), 'USD', p_cause) AS max_arr,
      min(r.renewed_at) FILTER (WHERE r.renewed_at > p_now) AS next_at,
      (ARRAY['ZERO', 'LOW', 'MEDIUM', 'HIGH'])[min(array_position(ARRAY['ZERO', 'LOW', 'MEDIUM', 'HIGH'], r.renewal_likelihood))] AS likelihood
    FROM contract c JOIN active_renewal r ON r.tenant_id = c.tenant_id AND r.contract_id = c.id
    WHERE c.tenant_id = p_tenant AND c.organization_id = given.id AND c.state = 'LIVE' AND c.status <> 'DRAFT') renewal
  CROSS JOIN LATERAL (
    SELECT CASE WHEN bool_and(c.status = 'ENDED') FILTER (WHERE c.status <> 'DRAFT') THEN
        max(c.ended_at) FILTER (WHERE c.status = 'ENDED') END AS churned_at,
      CASE WHEN count(DISTINCT c.currency) FILTER (WHERE c.lifetime_value <> 0) > 1 THEN base_currency(p_tenant)
        ELSE coalesce((array_agg(c.currency ORDER BY c.created_at DESC, c.id DESC) FILTER (WHERE c.lifetime_value <> 0))[1],
          (array_agg(c.currency ORDER BY c.created_at DESC, c.id DESC))[1]) END AS currency,
      figure(trunc(coalesce(CASE WHEN count(DISTINCT c.currency) FILTER (WHERE c.lifetime_value <> 0) > 1
        THEN round(sum(c.lifetime_value * currency_units(base_currency(p_tenant)) / currency_units(c.currency)), 8)
        ELSE sum(c.lifetime_value) END, 0), 2), 'USD', p_cause) AS lifetime_value
    FROM contract c WHERE c.tenant_id = p_tenant AND c.organization_id = given.id AND c.state = 'LIVE') contracts
  WHERE o.tenant_id = p_tenant AND o.id = given.id
    AND (o.renewal_arr, o.renewal_max_arr, o.next_renewal_at, o.renewal_likelihood, o.churned_at, o.lifetime_value, o.lifetime_value_currency)
      IS DISTINCT FROM (renewal.arr, renewal.max_arr, renewal.next_at, renewal.likelihood, contracts.churned_at, contracts.lifetime_value,
        contracts.currency);
$$;
