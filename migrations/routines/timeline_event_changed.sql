-- Refreshes timelines after somebody has started or ceased to take part in an event. The caller holds timeline_lock.
CREATE OR REPLACE PROCEDURE timeline_event_changed(p_tenant integer, p_event uuid, p_contacts uuid[], p_organizations uuid[]) LANGUAGE plpgsql AS $$
DECLARE reached uuid[];
BEGIN
  reached := ARRAY(SELECT reached_id FROM timeline_event_reach WHERE tenant_id = p_tenant AND timeline_event_id = p_event);
  CALL timeline_refresh_part(p_tenant, p_contacts, p_organizations, reached);
END $$;
