-- Says of organizations that they changed now. Locks and plan are as in mark_contacts.
CREATE OR REPLACE FUNCTION mark_organizations(tenant integer, ids uuid[]) RETURNS void LANGUAGE plpgsql SET enable_seqscan = off AS $$
DECLARE
  due uuid[];
BEGIN
  SELECT array_agg(id) INTO due
  FROM (SELECT r.id FROM organization r WHERE r.tenant_id = tenant AND r.id = ANY (ids) AND r.updated_at <> (SELECT now())
        ORDER BY r.id FOR NO KEY UPDATE) locked;
  UPDATE organization SET updated_at = now_or_later(updated_at) WHERE tenant_id = tenant AND id = ANY (due);
END $$;
