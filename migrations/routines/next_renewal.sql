-- When a contract renews next. Null when no client could read the date.
CREATE OR REPLACE FUNCTION next_renewal(p_start timestamptz, p_months integer, p_automatic boolean, p_now timestamptz) RETURNS timestamptz
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE due timestamptz := p_start;
BEGIN
  IF p_start IS NULL OR p_months <= 0 THEN RETURN NULL; END IF;
  LOOP
    due := months_later(due, p_months);
    EXIT WHEN due > p_now OR NOT p_automatic;
  END LOOP;
  IF due >= '10000-01-01T00:00Z' THEN
    RAISE EXCEPTION 'the renewal falls after the year 9999' USING ERRCODE = 'datetime_field_overflow';
  END IF;
  RETURN due;
END $$;
