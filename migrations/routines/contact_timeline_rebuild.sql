-- Rebuilds the timeline of a contact. Returns how many of its rows were missing, superfluous or different.
CREATE OR REPLACE FUNCTION contact_timeline_rebuild(p_tenant integer, p_contact uuid) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE before text[];
BEGIN
  PERFORM FROM contact WHERE tenant_id = p_tenant AND id = p_contact FOR NO KEY UPDATE;
  before := ARRAY(SELECT (timeline_event_id, kind, occurred_at)::text FROM contact_timeline
    WHERE tenant_id = p_tenant AND contact_id = p_contact);
  CALL timeline_refresh_contact(p_tenant, p_contact);
  RETURN (WITH was (line) AS (SELECT unnest(before)),
    made (line) AS (SELECT (timeline_event_id, kind, occurred_at)::text FROM contact_timeline
      WHERE tenant_id = p_tenant AND contact_id = p_contact)
    SELECT count(*) FROM ((TABLE was EXCEPT TABLE made) UNION ALL (TABLE made EXCEPT TABLE was)) different);
END $$;
