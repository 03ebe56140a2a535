-- What the services of a contract come to over its lifetime.
CREATE OR REPLACE FUNCTION contract_lifetime_value(
  p_tenant integer, p_contract uuid, p_status text, p_ended_at timestamptz, p_now timestamptz) RETURNS numeric
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT div(coalesce(sum(CASE
    WHEN s.started_at > p_now THEN 0
    WHEN s.billed = 'ONCE' THEN s.quantity * s.price * 6570
    WHEN s.recurring AND s.started_at <= until.day THEN s.quantity * s.price
      * (extract(epoch FROM until.day - s.started_at)::bigint / 86400)
      * CASE s.billed WHEN 'MONTHLY' THEN 219 WHEN 'QUARTERLY' THEN 73 ELSE 18 END
    ELSE 0 END), 0) * 100, 6570) * 0.01
  FROM (SELECT date_trunc('day', p_now AT TIME ZONE 'UTC') AT TIME ZONE 'UTC' AS day) today
  CROSS JOIN service_line_item s
  CROSS JOIN LATERAL (SELECT least(s.ended_at, CASE WHEN p_ended_at < today.day THEN p_ended_at ELSE today.day END) AS day) until
  WHERE s.tenant_id = p_tenant AND s.contract_id = p_contract AND p_status IN ('LIVE', 'OUT_OF_CONTRACT', 'ENDED')
$$;
