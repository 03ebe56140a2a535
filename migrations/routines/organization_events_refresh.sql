-- Refreshes the timelines and touchpoints of organizations. The caller has locked them.
CREATE OR REPLACE PROCEDURE organization_events_refresh(p_tenant integer, p_organizations uuid[]) LANGUAGE plpgsql AS $$
DECLARE one uuid;
BEGIN
  FOR one IN SELECT DISTINCT unnest(p_organizations) ORDER BY 1 LOOP
    CALL timeline_refresh_organization(p_tenant, one);
  END LOOP;
  CALL organization_touchpoint_refresh(p_tenant, p_organizations);
END $$;
