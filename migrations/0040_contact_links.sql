-- What follows from the links of contacts: which timelines their events are on.

-- The events that these contacts had, or now have, a part in, by themselves, their addresses or their job roles.
CREATE FUNCTION contact_events(p_tenant integer, p_contacts uuid[]) RETURNS uuid[] LANGUAGE sql STABLE AS $$
  SELECT ARRAY(
    SELECT timeline_event_id FROM contact_timeline WHERE tenant_id = p_tenant AND contact_id = ANY (p_contacts)
    UNION SELECT r.reached_id FROM contact_took_part t
      JOIN timeline_event_reach r ON r.tenant_id = t.tenant_id AND r.timeline_event_id = t.timeline_event_id
      WHERE t.tenant_id = p_tenant AND t.contact_id = ANY (p_contacts)
    UNION SELECT r.reached_id FROM contact_named n
      JOIN timeline_event_reach r ON r.tenant_id = n.tenant_id AND r.timeline_event_id = n.timeline_event_id
      WHERE n.tenant_id = p_tenant AND n.contact_id = ANY (p_contacts))
$$;

-- Renews what the timelines of these contacts and organizations show of the contacts' events, after links between them have changed. A
-- contact without events, as nearly every new one, costs a few index look-ups.
CREATE PROCEDURE contact_links_refresh(p_tenant integer, p_contacts uuid[], p_organizations uuid[]) LANGUAGE plpgsql AS $$
BEGIN
  CALL timeline_refresh_part(p_tenant, p_contacts, p_organizations, contact_events(p_tenant, p_contacts));
END $$;
