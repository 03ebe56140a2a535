-- Kept counts of unfiltered lists, and remembered answers of repeated mutations.

-- The total of a list is the base in kept_count plus the waiting rows of kept_count_delta. Writers only add rows, so
-- they never wait for each other.
CREATE TABLE kept_count (
  tenant_id integer NOT NULL REFERENCES tenant, subject text COLLATE "C", state text COLLATE "C", count bigint NOT NULL,
  PRIMARY KEY (tenant_id, subject, state));

-- Written by triggers alone, therefore without a foreign key.
CREATE TABLE kept_count_delta (
  tenant_id integer NOT NULL, subject text COLLATE "C", state text COLLATE "C", id bigint GENERATED ALWAYS AS IDENTITY, delta bigint NOT NULL,
  PRIMARY KEY (tenant_id, subject, state, id)) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);
CREATE VIEW kept_count_now AS
  SELECT tenant_id, subject, state, sum(count)::bigint AS count
  FROM (SELECT tenant_id, subject, state, count FROM kept_count
        UNION ALL SELECT tenant_id, subject, state, delta FROM kept_count_delta) part
  GROUP BY tenant_id, subject, state;

-- The condition for a row to count stands in the WHEN of the trigger.
CREATE FUNCTION kept_count_add() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO kept_count_delta (tenant_id, subject, state, delta) VALUES (NEW.tenant_id, TG_TABLE_NAME, NEW.state, 1);
  RETURN NULL;
END $$;
CREATE FUNCTION kept_count_remove() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO kept_count_delta (tenant_id, subject, state, delta) VALUES (OLD.tenant_id, TG_TABLE_NAME, OLD.state, -1);
  RETURN NULL;
END $$;
-- Moves the waiting rows of a tenant into the base. A second call at the same time does nothing.
CREATE FUNCTION kept_count_compact(p_tenant integer) RETURNS bigint LANGUAGE plpgsql AS $$
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

-- The answer to a mutation that was sent with a key, so that sending it again repeats the answer only.
CREATE TABLE idempotency_key (
  tenant_id integer NOT NULL REFERENCES tenant, key text COLLATE "C" NOT NULL CHECK (length(key) BETWEEN 1 AND 200),
  request_hash bytea NOT NULL, response bytea NOT NULL, created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, key));
CREATE INDEX idempotency_key_age ON idempotency_key (tenant_id, created_at);
