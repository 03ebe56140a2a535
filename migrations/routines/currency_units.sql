-- Units of a currency for one US dollar, by the latest rate; 1 where none is known.
CREATE OR REPLACE FUNCTION currency_units(p_currency text) RETURNS numeric LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT coalesce((SELECT rate FROM currency_rate WHERE currency = p_currency AND p_currency <> 'USD' ORDER BY date DESC, provider LIMIT 1), 1)
$$;
