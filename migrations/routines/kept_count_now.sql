-- The totals of lists: the base and the rows that wait for it.
CREATE OR REPLACE VIEW kept_count_now AS
  SELECT tenant_id, subject, state, sum(count)::bigint AS count
  FROM (SELECT tenant_id, subject, state, count FROM kept_count
        UNION ALL SELECT tenant_id, subject, state, delta FROM kept_count_delta) part
  GROUP BY tenant_id, subject, state;
