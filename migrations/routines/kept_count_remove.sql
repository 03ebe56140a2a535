-- Counts a row that has gone. The WHEN of the trigger says which rows count.
CREATE OR REPLACE FUNCTION kept_count_remove() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO kept_count_delta (tenant_id, subject, state, delta) VALUES (OLD.tenant_id, TG_TABLE_NAME, OLD.state, -1);
  RETURN NULL;
END $$;
