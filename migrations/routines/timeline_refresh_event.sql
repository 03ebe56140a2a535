-- Refreshes all timelines that show an event or should, in the transaction that changed its causes. Take several
-- owners in the order of their ids.
CREATE OR REPLACE PROCEDURE timeline_refresh_event(p_tenant integer, p_event uuid) LANGUAGE plpgsql AS $$
DECLARE near uuid[]; contacts uuid[];
BEGIN
  DELETE FROM organization_timeline WHERE tenant_id = p_tenant AND timeline_event_id = p_event;
  DELETE FROM contact_timeline WHERE tenant_id = p_tenant AND timeline_event_id = p_event;
  near := ARRAY(SELECT timeline_event_id FROM timeline_event_reach WHERE tenant_id = p_tenant AND reached_id = p_event);
  contacts := ARRAY(SELECT DISTINCT contact_id FROM contact_took_part WHERE tenant_id = p_tenant AND timeline_event_id = ANY (near));
  INSERT INTO contact_timeline
    SELECT p_tenant, p_event, owner.id, e.kind, e.occurred_at FROM timeline_event e, (
      SELECT unnest(contacts) AS id
      UNION SELECT contact_id FROM contact_named WHERE tenant_id = p_tenant AND timeline_event_id = p_event) owner
    WHERE e.tenant_id = p_tenant AND e.id = p_event AND e.state = 'LIVE' ON CONFLICT DO NOTHING;
  INSERT INTO organization_timeline
    SELECT p_tenant, p_event, owner.id, e.kind, e.occurred_at FROM timeline_event e, (
      SELECT organization_id AS id FROM job_role WHERE tenant_id = p_tenant AND contact_id = ANY (contacts) AND organization_id IS NOT NULL
      UNION SELECT organization_id FROM organization_took_part WHERE tenant_id = p_tenant AND timeline_event_id = ANY (near)
      UNION SELECT organization_id FROM organization_named WHERE tenant_id = p_tenant AND timeline_event_id = p_event) owner
    WHERE e.tenant_id = p_tenant AND e.id = p_event AND e.state = 'LIVE' ON CONFLICT DO NOTHING;
END $$;
