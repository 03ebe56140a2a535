-- A moment some months later. A day that the month does not have runs over into the next one: January 31 and one
-- month is March 2 or 3.
CREATE OR REPLACE FUNCTION months_later(p_from timestamptz, p_months integer) RETURNS timestamptz LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT (date_trunc('month', given.start) + make_interval(months => p_months) + (given.start - date_trunc('month', given.start)))
    AT TIME ZONE 'UTC'
  FROM (SELECT p_from AT TIME ZONE 'UTC' AS start) given
$$;
