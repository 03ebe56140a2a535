-- A prepared statement has one plan for all tenants, made for a tenant of average size. Where most tenants are tiny, that plan reads all rows of the
-- tenant and looks for the wanted ones among them, which a large tenant pays for at every request. So the planner is told to think of a tenant as
-- of a tenth of the table: an id, which belongs to one tenant, then always leads, and a list of all that a tenant has is still read by index.
DO $$
DECLARE
  records regclass;
  is_filled boolean;
BEGIN
  FOR records IN
    SELECT c.oid FROM pg_class c
    WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace
      AND EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'tenant_id')
      AND EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.atttypid = 'uuid'::regtype)
  LOOP
    EXECUTE format('ALTER TABLE %s ALTER COLUMN tenant_id SET (n_distinct = 10)', records);
    -- PostgreSQL takes a table that it never looked at for one of some pages, which is better than to have seen it empty.
    EXECUTE format('SELECT EXISTS (SELECT FROM %s)', records) INTO is_filled;
    IF is_filled THEN EXECUTE format('ANALYZE %s', records); END IF;
  END LOOP;
END $$;
