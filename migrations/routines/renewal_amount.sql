-- The part of an amount that a likelihood leaves.
CREATE OR REPLACE FUNCTION renewal_amount(p_max_amount numeric, p_rate integer) RETURNS numeric
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT CASE p_rate WHEN 0 THEN 0 WHEN 100 THEN p_max_amount ELSE round(p_max_amount * p_rate * 0.01, 2) END
$$;
