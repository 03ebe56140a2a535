-- Moves the waiting rows of a tenant into the base and returns how many there were. A second call at the same time
-- does nothing.
CREATE OR REPLACE FUNCTION kept_count_compact(p_tenant integer) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE folded bigint;
BEGIN
  IF NOT pg_try_advisory_xact_lock(hashtextextended('kept_count', p_tenant)) THEN RETURN 0; END IF;
  WITH taken AS (DELETE FROM kept_count_delta WHERE tenant_id = p_tenant RETURNING subject, state, delta),
       merged AS (INSERT INTO kept_count AS base (tenant_id, subject, state, count)
                  SELECT p_tenant, subject, state, sum(delta) FROM taken GROUP BY subject, state
                  ON CONFLICT (tenant_id, subject, state) DO UPDATE SET count = base.count + excluded.count)
  SELECT count(*) INTO folded FROM taken;
  RETURN folded;
END $$;
