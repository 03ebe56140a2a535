-- Full months from one moment to a later one; none when it is earlier.
CREATE OR REPLACE FUNCTION months_between(p_from timestamptz, p_to timestamptz) RETURNS integer LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT greatest(0, (extract(year FROM b) - extract(year FROM a)) * 12 + extract(month FROM b) - extract(month FROM a)
    - (extract(day FROM b) < extract(day FROM a))::integer)::integer
  FROM (SELECT p_from AT TIME ZONE 'UTC' AS a, p_to AT TIME ZONE 'UTC' AS b) given
$$;
