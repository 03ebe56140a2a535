-- Refreshes the timeline of a contact, in the transaction that changed its causes. Take several owners in the order
-- of their ids.
CREATE OR REPLACE PROCEDURE timeline_refresh_contact(p_tenant integer, p_contact uuid) LANGUAGE plpgsql AS $$
DECLARE near uuid[];
BEGIN
  PERFORM 1 FROM contact WHERE tenant_id = p_tenant AND id = p_contact FOR NO KEY UPDATE;
  DELETE FROM contact_timeline WHERE tenant_id = p_tenant AND contact_id = p_contact;
  near := ARRAY(SELECT DISTINCT timeline_event_id FROM contact_took_part WHERE tenant_id = p_tenant AND contact_id = p_contact);
  INSERT INTO contact_timeline
    SELECT p_tenant, e.id, p_contact, e.kind, e.occurred_at FROM timeline_event e JOIN (
      SELECT reached_id AS id FROM timeline_event_reach WHERE tenant_id = p_tenant AND timeline_event_id = ANY (near)
      UNION SELECT timeline_event_id FROM contact_named WHERE tenant_id = p_tenant AND contact_id = p_contact) reached USING (id)
    WHERE e.tenant_id = p_tenant AND e.state = 'LIVE' ON CONFLICT DO NOTHING;
END $$;
