-- Refreshes timelines after these owners have gained or lost these addresses. An address that no event names, such
-- as a new one, costs two index look-ups.
CREATE OR REPLACE PROCEDURE timeline_refresh_addresses(
  p_tenant integer, p_contacts uuid[], p_organizations uuid[], p_emails uuid[], p_phone_numbers uuid[]) LANGUAGE plpgsql AS $$
DECLARE organizations uuid[]; events uuid[];
BEGIN
  organizations := p_organizations || ARRAY(
    SELECT organization_id FROM job_role WHERE tenant_id = p_tenant AND contact_id = ANY (p_contacts) AND organization_id IS NOT NULL);
  events := ARRAY(SELECT DISTINCT r.reached_id FROM (
      SELECT timeline_event_id FROM timeline_event_participant WHERE tenant_id = p_tenant AND email_id = ANY (p_emails)
      UNION ALL SELECT timeline_event_id FROM timeline_event_participant WHERE tenant_id = p_tenant AND phone_number_id = ANY (p_phone_numbers)) p
    JOIN timeline_event_reach r ON r.tenant_id = p_tenant AND r.timeline_event_id = p.timeline_event_id);
  CALL timeline_refresh_part(p_tenant, p_contacts, organizations, events);
END $$;
