-- Refreshes timelines after this contact has joined these organizations or left them.
CREATE OR REPLACE PROCEDURE timeline_refresh_roles(p_tenant integer, p_contact uuid, p_organizations uuid[]) LANGUAGE plpgsql AS $$
DECLARE events uuid[];
BEGIN
  events := ARRAY(SELECT timeline_event_id FROM contact_timeline WHERE tenant_id = p_tenant AND contact_id = p_contact
    UNION SELECT r.reached_id FROM job_role j
    JOIN timeline_event_participant p ON p.tenant_id = j.tenant_id AND p.job_role_id = j.id
    JOIN timeline_event_reach r ON r.tenant_id = p.tenant_id AND r.timeline_event_id = p.timeline_event_id
    WHERE j.tenant_id = p_tenant AND j.contact_id = p_contact);
  CALL timeline_refresh_part(p_tenant, ARRAY[p_contact], p_organizations, events);
END $$;
