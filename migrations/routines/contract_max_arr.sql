-- The annual recurring revenue of a contract if all of it is renewed. Rounding a quotient twice can put it a cent
-- off, so the part of a year is divided in whole numbers: half a cent rounds away from zero.
CREATE OR REPLACE FUNCTION contract_max_arr(p_tenant integer, p_contract uuid, p_ended_at timestamptz, p_now timestamptz) RETURNS numeric
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN p_ended_at IS NULL OR months_between(p_now, p_ended_at) > 12 THEN round(year.amount, 2)
    ELSE div(year.amount * months_between(p_now, p_ended_at) * 200 + 12, 24) * 0.01 END
  FROM (SELECT coalesce(sum(s.annual_amount), 0) AS amount FROM service_line_item s
    WHERE s.tenant_id = p_tenant AND s.contract_id = p_contract AND s.started_at <= p_now
      AND (s.ended_at IS NULL OR s.ended_at >= p_now)) year
$$;
