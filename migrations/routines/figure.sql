-- A computed figure as it is stored: with the decimals of its currency. The constraints refuse a change that makes
-- it exceed 10^15; when only time has passed there is no change to refuse, and the figure stays at the bound.
CREATE OR REPLACE FUNCTION figure(p_value numeric, p_currency text, p_cause text) RETURNS numeric LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN p_cause = 'TIME' THEN least(greatest(given.value, -1000000000000000), 1000000000000000) ELSE given.value END
  FROM (SELECT CASE WHEN p_currency IN ('JPY', 'KRW') THEN round(p_value) ELSE p_value END AS value) given
$$;
