-- What links to addresses and job roles decide: timelines and last touchpoints.

-- The newest event of each organization that is not to come; failing that, what was done to it. The caller holds the rows of the
-- organizations, locked in the order of their ids.
CREATE PROCEDURE touchpoint_refresh(p_tenant integer, p_organizations uuid[]) LANGUAGE plpgsql AS $$
BEGIN
  UPDATE organization o SET last_touchpoint_at = newest.occurred_at, last_touchpoint_id = newest.timeline_event_id, last_touchpoint_type = newest.type
  FROM (
    SELECT owner.id AS organization_id, event.timeline_event_id, event.occurred_at, CASE event.kind
      WHEN 'INTERACTION_SESSION' THEN 'INTERACTION_SESSION' WHEN 'MEETING' THEN 'MEETING' WHEN 'LOG_ENTRY' THEN 'LOG_ENTRY'
      WHEN 'ISSUE' THEN (SELECT CASE WHEN t.created_at = t.updated_at THEN 'ISSUE_CREATED' ELSE 'ISSUE_UPDATED' END
        FROM timeline_event t WHERE t.tenant_id = p_tenant AND t.id = event.timeline_event_id)
      WHEN 'ACTION' THEN (SELECT CASE a.type WHEN 'CREATED' THEN 'ACTION_CREATED' ELSE 'ACTION' END
        FROM action a WHERE a.tenant_id = p_tenant AND a.id = event.timeline_event_id)
      ELSE CASE (SELECT e.channel FROM interaction_event e WHERE e.tenant_id = p_tenant AND e.id = event.timeline_event_id)
        WHEN 'VOICE' THEN 'INTERACTION_EVENT_PHONE_CALL' WHEN 'CHAT' THEN 'INTERACTION_EVENT_CHAT'
        ELSE CASE WHEN EXISTS (SELECT FROM timeline_event_participant p WHERE p.tenant_id = p_tenant AND p.timeline_event_id = event.timeline_event_id
            AND p.role = 'SENT_BY' AND (p.user_id IS NOT NULL OR EXISTS (SELECT FROM user_email u WHERE u.tenant_id = p_tenant AND u.email_id = p.email_id)))
          THEN 'INTERACTION_EVENT_EMAIL_SENT' ELSE 'INTERACTION_EVENT_EMAIL_RECEIVED' END END END AS type
    FROM unnest(p_organizations) owner (id) CROSS JOIN LATERAL (
      SELECT of_kind.* FROM unnest(ARRAY['INTERACTION_EVENT', 'INTERACTION_SESSION', 'ISSUE', 'MEETING', 'LOG_ENTRY', 'ACTION']) kind (name) CROSS JOIN LATERAL (
        SELECT t.timeline_event_id, t.kind, t.occurred_at FROM organization_timeline t
        WHERE t.tenant_id = p_tenant AND t.organization_id = owner.id AND t.kind = kind.name AND t.occurred_at <= now()
          AND NOT EXISTS (SELECT FROM interaction_event e WHERE e.tenant_id = p_tenant AND e.id = t.timeline_event_id
            AND e.content_type = 'x-openline-transcript-element')
        ORDER BY t.occurred_at DESC, t.timeline_event_id DESC LIMIT 1) of_kind
      ORDER BY of_kind.kind = 'ACTION', of_kind.occurred_at DESC, of_kind.timeline_event_id DESC LIMIT 1) event) newest
  WHERE o.tenant_id = p_tenant AND o.id = newest.organization_id
    AND (o.last_touchpoint_at, o.last_touchpoint_id, o.last_touchpoint_type) IS DISTINCT FROM (newest.occurred_at, newest.timeline_event_id, newest.type);
END $$;

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
  CALL touchpoint_refresh(p_tenant, p_organizations);
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
