-- Refreshes what the timelines of these owners say about these events alone.
CREATE OR REPLACE PROCEDURE timeline_refresh_part(p_tenant integer, p_contacts uuid[], p_organizations uuid[], p_events uuid[]) LANGUAGE plpgsql AS $$
BEGIN
  IF cardinality(p_events) = 0 THEN RETURN; END IF;
  DELETE FROM contact_timeline WHERE tenant_id = p_tenant AND contact_id = ANY (p_contacts) AND timeline_event_id = ANY (p_events);
  INSERT INTO contact_timeline
    SELECT p_tenant, e.id, r.contact_id, e.kind, e.occurred_at FROM contact_timeline_rule r
    JOIN timeline_event e ON e.tenant_id = r.tenant_id AND e.id = r.timeline_event_id AND e.state = 'LIVE'
    WHERE r.tenant_id = p_tenant AND r.contact_id = ANY (p_contacts) AND r.timeline_event_id = ANY (p_events) ON CONFLICT DO NOTHING;
  DELETE FROM organization_timeline WHERE tenant_id = p_tenant AND organization_id = ANY (p_organizations) AND timeline_event_id = ANY (p_events);
  INSERT INTO organization_timeline
    SELECT p_tenant, e.id, r.organization_id, e.kind, e.occurred_at FROM organization_timeline_rule r
    JOIN timeline_event e ON e.tenant_id = r.tenant_id AND e.id = r.timeline_event_id AND e.state = 'LIVE'
    WHERE r.tenant_id = p_tenant AND r.organization_id = ANY (p_organizations) AND r.timeline_event_id = ANY (p_events) ON CONFLICT DO NOTHING;
  CALL organization_touchpoint_refresh(p_tenant, p_organizations);
END $$;
