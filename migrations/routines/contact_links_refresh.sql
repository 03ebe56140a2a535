-- Refreshes what the timelines of these contacts and organizations show of the contacts' events. Call it after links
-- between them have changed. A contact without events, as nearly every new one is, costs a few index look-ups.
CREATE OR REPLACE PROCEDURE contact_links_refresh(p_tenant integer, p_contacts uuid[], p_organizations uuid[]) LANGUAGE plpgsql AS $$
BEGIN
  CALL timeline_refresh_part(p_tenant, p_contacts, p_organizations, contact_events(p_tenant, p_contacts));
END $$;
