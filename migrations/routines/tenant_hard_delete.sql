-- Deletes a tenant with all of its rows, in an order that the foreign keys allow: a table comes when no other that still
-- has rows refers to it. Where tables refer to each other in a ring, a nullable reference is cut. New tables need no
-- change here.
CREATE OR REPLACE FUNCTION tenant_hard_delete(p_tenant integer) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  remaining oid[];
  cut oid[] := '{}';
  chosen oid;
  link record;
BEGIN
  -- Whoever inserts something of the tenant waits for this lock, and fails then.
  PERFORM FROM tenant WHERE id = p_tenant FOR UPDATE;
  SELECT array_agg(c.oid) INTO remaining FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped
  WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition;
  WHILE cardinality(remaining) > 0 LOOP
    -- The deltas of counts come last, because deleting adds to them.
    SELECT o INTO chosen FROM unnest(remaining) o
    WHERE NOT EXISTS (SELECT FROM pg_constraint k WHERE k.contype = 'f' AND k.confrelid = o AND k.conrelid <> o
                      AND k.conrelid = ANY (remaining) AND k.oid <> ALL (cut))
    ORDER BY o = 'kept_count_delta'::regclass, o LIMIT 1;
    IF chosen IS NOT NULL THEN
      EXECUTE format('DELETE FROM %s WHERE tenant_id = $1', chosen::regclass) USING p_tenant;
      remaining := array_remove(remaining, chosen);
      CONTINUE;
    END IF;
    SELECT k.oid, k.conrelid, string_agg(format('%I = NULL', a.attname), ', ') AS assignments INTO link
    FROM pg_constraint k JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = ANY (k.conkey) AND a.attname <> 'tenant_id'
    WHERE k.contype = 'f' AND k.conrelid = ANY (remaining) AND k.confrelid = ANY (remaining) AND k.conrelid <> k.confrelid AND k.oid <> ALL (cut)
    GROUP BY k.oid, k.conrelid HAVING NOT bool_or(a.attnotnull) ORDER BY k.oid LIMIT 1;
    IF link.oid IS NULL THEN RAISE EXCEPTION 'tables refer to each other in a ring that cannot be cut'; END IF;
    EXECUTE format('UPDATE %s SET %s WHERE tenant_id = $1', link.conrelid::regclass, link.assignments) USING p_tenant;
    cut := cut || link.oid;
  END LOOP;
  DELETE FROM tenant WHERE id = p_tenant;
END $$;
