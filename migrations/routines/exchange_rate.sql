-- What one unit of a currency is worth in another, by the latest rates.
CREATE OR REPLACE FUNCTION exchange_rate(p_from text, p_to text) RETURNS numeric LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN p_from = p_to THEN 1 ELSE currency_units(p_to) / currency_units(p_from) END
$$;
