-- Refreshes timelines after the time of an event has changed. The caller holds timeline_lock.
CREATE OR REPLACE PROCEDURE timeline_event_moved(p_tenant integer, p_event uuid, p_organizations uuid[]) LANGUAGE plpgsql AS $$
BEGIN
  UPDATE organization_timeline t SET occurred_at = e.occurred_at FROM timeline_event e
    WHERE t.tenant_id = p_tenant AND t.timeline_event_id = p_event AND e.tenant_id = p_tenant AND e.id = p_event;
  UPDATE contact_timeline t SET occurred_at = e.occurred_at FROM timeline_event e
    WHERE t.tenant_id = p_tenant AND t.timeline_event_id = p_event AND e.tenant_id = p_tenant AND e.id = p_event;
  CALL organization_touchpoint_refresh(p_tenant, p_organizations);
END $$;
