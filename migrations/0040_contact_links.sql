-- What follows from the links of a contact: the timelines that its events are on, and the last touchpoints of its organizations.

-- Renews the timelines of organizations and of contacts after links between them, or to addresses and events, have changed. Nothing is
-- done for contacts without events, which is nearly always so when a contact is new.
CREATE PROCEDURE contact_links_refresh(p_tenant integer, p_contacts uuid[], p_organizations uuid[]) LANGUAGE plpgsql AS $$
DECLARE one uuid;
BEGIN
  IF NOT EXISTS (SELECT FROM contact_timeline WHERE tenant_id = p_tenant AND contact_id = ANY (p_contacts))
    AND NOT EXISTS (SELECT FROM contact_took_part WHERE tenant_id = p_tenant AND contact_id = ANY (p_contacts))
    AND NOT EXISTS (SELECT FROM contact_named WHERE tenant_id = p_tenant AND contact_id = ANY (p_contacts)) THEN
    RETURN;
  END IF;
  CALL organization_events_refresh(p_tenant, p_organizations);
  FOR one IN SELECT DISTINCT unnest(p_contacts) ORDER BY 1 LOOP
    CALL timeline_refresh_contact(p_tenant, one);
  END LOOP;
END $$;
