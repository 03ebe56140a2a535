-- Counts a row that has come. The WHEN of the trigger says which rows count.
CREATE OR REPLACE FUNCTION kept_count_add() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO kept_count_delta (tenant_id, subject, state, delta) VALUES (NEW.tenant_id, TG_TABLE_NAME, NEW.state, 1);
  RETURN NULL;
END $$;
