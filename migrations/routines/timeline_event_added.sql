-- Puts a new event on timelines. The caller holds timeline_lock, which returned contacts and organizations.
CREATE OR REPLACE PROCEDURE timeline_event_added(p_tenant integer, p_event uuid, p_contacts uuid[], p_organizations uuid[]) LANGUAGE plpgsql AS $$
DECLARE containers uuid[];
BEGIN
  CALL timeline_refresh_event(p_tenant, p_event);
  containers := ARRAY(SELECT reached_id FROM timeline_event_reach
    WHERE tenant_id = p_tenant AND timeline_event_id = p_event AND reached_id <> p_event);
  IF cardinality(containers) > 0 THEN
    CALL timeline_refresh_part(p_tenant, p_contacts, p_organizations, containers);
  ELSE
    CALL organization_touchpoint_refresh(p_tenant, p_organizations);
  END IF;
END $$;
