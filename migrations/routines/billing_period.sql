-- The word for a billing period in the text of an action.
CREATE OR REPLACE FUNCTION billing_period(p_billed text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE p_billed WHEN 'MONTHLY' THEN 'month' WHEN 'QUARTERLY' THEN 'quarter' WHEN 'ANNUALLY' THEN 'year' END
$$;
