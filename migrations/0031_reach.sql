-- What links to addresses and job roles decide: timelines and last touchpoints. The caller holds the organizations and contacts, locked
-- in this order and that of their ids.

-- Renews what the timelines of these owners say about these events alone.
CREATE PROCEDURE timeline_refresh_part(p_tenant integer, p_contacts uuid[], p_organizations uuid[], p_events uuid[]) LANGUAGE plpgsql AS $$
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

-- These owners have got or lost these addresses. An address that no event speaks of, as a new one, costs two index look-ups.
CREATE PROCEDURE timeline_refresh_addresses(
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

-- This contact has come to these organizations, or left them.
CREATE PROCEDURE timeline_refresh_roles(p_tenant integer, p_contact uuid, p_organizations uuid[]) LANGUAGE plpgsql AS $$
DECLARE events uuid[];
BEGIN
  events := ARRAY(SELECT timeline_event_id FROM contact_timeline WHERE tenant_id = p_tenant AND contact_id = p_contact
    UNION SELECT r.reached_id FROM job_role j
    JOIN timeline_event_participant p ON p.tenant_id = j.tenant_id AND p.job_role_id = j.id
    JOIN timeline_event_reach r ON r.tenant_id = p.tenant_id AND r.timeline_event_id = p.timeline_event_id
    WHERE j.tenant_id = p_tenant AND j.contact_id = p_contact);
  CALL timeline_refresh_part(p_tenant, ARRAY[p_contact], p_organizations, events);
END $$;
