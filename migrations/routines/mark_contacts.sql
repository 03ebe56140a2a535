-- Says of contacts that they changed now. Locks them in the order of their ids first, so that two such writers do
-- not block each other; writers that meet in the locks of other tables may, and then one of the transactions starts
-- again. The plan is kept for the session, which may have started with a table of a few rows: it uses the index all
-- the same.
CREATE OR REPLACE FUNCTION mark_contacts(tenant integer, ids uuid[]) RETURNS void LANGUAGE plpgsql SET enable_seqscan = off AS $$
DECLARE
  due uuid[];
BEGIN
  SELECT array_agg(id) INTO due
  FROM (SELECT r.id FROM contact r WHERE r.tenant_id = tenant AND r.id = ANY (ids) AND r.updated_at <> (SELECT now())
        ORDER BY r.id FOR NO KEY UPDATE) locked;
  UPDATE contact SET updated_at = now_or_later(updated_at) WHERE tenant_id = tenant AND id = ANY (due);
END $$;
