-- The states of the United States, and the end of a tenant.

INSERT INTO country_state (id, country_id, code, name)
SELECT s.id::uuid, c.id, s.code, s.name FROM country c, (VALUES
  ('01900000-0101-7000-8000-000000000001', 'AL', 'Alabama'),
  ('01900000-0101-7000-8000-000000000002', 'AK', 'Alaska'),
  ('01900000-0101-7000-8000-000000000003', 'AZ', 'Arizona'),
  ('01900000-0101-7000-8000-000000000004', 'AR', 'Arkansas'),
  ('01900000-0101-7000-8000-000000000005', 'CA', 'California'),
  ('01900000-0101-7000-8000-000000000006', 'CO', 'Colorado'),
  ('01900000-0101-7000-8000-000000000007', 'CT', 'Connecticut'),
  ('01900000-0101-7000-8000-000000000008', 'DE', 'Delaware'),
  ('01900000-0101-7000-8000-000000000009', 'FL', 'Florida'),
  ('01900000-0101-7000-8000-000000000010', 'GA', 'Georgia'),
  ('01900000-0101-7000-8000-000000000011', 'HI', 'Hawaii'),
  ('01900000-0101-7000-8000-000000000012', 'ID', 'Idaho'),
  ('01900000-0101-7000-8000-000000000013', 'IL', 'Illinois'),
  ('01900000-0101-7000-8000-000000000014', 'IN', 'Indiana'),
  ('01900000-0101-7000-8000-000000000015', 'IA', 'Iowa'),
  ('01900000-0101-7000-8000-000000000016', 'KS', 'Kansas'),
  ('01900000-0101-7000-8000-000000000017', 'KY', 'Kentucky'),
  ('01900000-0101-7000-8000-000000000018', 'LA', 'Louisiana'),
  ('01900000-0101-7000-8000-000000000019', 'ME', 'Maine'),
  ('01900000-0101-7000-8000-000000000020', 'MD', 'Maryland'),
  ('01900000-0101-7000-8000-000000000021', 'MA', 'Massachusetts'),
  ('01900000-0101-7000-8000-000000000022', 'MI', 'Michigan'),
  ('01900000-0101-7000-8000-000000000023', 'MN', 'Minnesota'),
  ('01900000-0101-7000-8000-000000000024', 'MS', 'Mississippi'),
  ('01900000-0101-7000-8000-000000000025', 'MO', 'Missouri'),
  ('01900000-0101-7000-8000-000000000026', 'MT', 'Montana'),
  ('01900000-0101-7000-8000-000000000027', 'NE', 'Nebraska'),
  ('01900000-0101-7000-8000-000000000028', 'NV', 'Nevada'),
  ('01900000-0101-7000-8000-000000000029', 'NH', 'New Hampshire'),
  ('01900000-0101-7000-8000-000000000030', 'NJ', 'New Jersey'),
  ('01900000-0101-7000-8000-000000000031', 'NM', 'New Mexico'),
  ('01900000-0101-7000-8000-000000000032', 'NY', 'New York'),
  ('01900000-0101-7000-8000-000000000033', 'NC', 'North Carolina'),
  ('01900000-0101-7000-8000-000000000034', 'ND', 'North Dakota'),
  ('01900000-0101-7000-8000-000000000035', 'OH', 'Ohio'),
  ('01900000-0101-7000-8000-000000000036', 'OK', 'Oklahoma'),
  ('01900000-0101-7000-8000-000000000037', 'OR', 'Oregon'),
  ('01900000-0101-7000-8000-000000000038', 'PA', 'Pennsylvania'),
  ('01900000-0101-7000-8000-000000000039', 'RI', 'Rhode Island'),
  ('01900000-0101-7000-8000-000000000040', 'SC', 'South Carolina'),
  ('01900000-0101-7000-8000-000000000041', 'SD', 'South Dakota'),
  ('01900000-0101-7000-8000-000000000042', 'TN', 'Tennessee'),
  ('01900000-0101-7000-8000-000000000043', 'TX', 'Texas'),
  ('01900000-0101-7000-8000-000000000044', 'UT', 'Utah'),
  ('01900000-0101-7000-8000-000000000045', 'VT', 'Vermont'),
  ('01900000-0101-7000-8000-000000000046', 'VA', 'Virginia'),
  ('01900000-0101-7000-8000-000000000047', 'WA', 'Washington'),
  ('01900000-0101-7000-8000-000000000048', 'WV', 'West Virginia'),
  ('01900000-0101-7000-8000-000000000049', 'WI', 'Wisconsin'),
  ('01900000-0101-7000-8000-000000000050', 'WY', 'Wyoming')) s (id, code, name)
WHERE c.code_a2 = 'US' ON CONFLICT DO NOTHING;

-- Deletes a tenant with all of its rows, in the order that the foreign keys allow: a table comes when no other that still has
-- rows refers to it. Where tables refer to each other in a ring, a reference that may be null is cut. New tables need no change here.
CREATE FUNCTION tenant_hard_delete(p_tenant integer) RETURNS void LANGUAGE plpgsql AS $$
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
