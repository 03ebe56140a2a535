-- Sets the last touchpoint of organizations: the newest event that counts as a touch and is not in the future, or
-- else their creation.
CREATE OR REPLACE PROCEDURE organization_touchpoint_refresh(p_tenant integer, p_organizations uuid[]) LANGUAGE sql AS $$
  UPDATE organization o SET last_touchpoint_at = newest.occurred_at, last_touchpoint_id = newest.id, last_touchpoint_type = newest.type
  FROM (
    SELECT given.id AS organization_id, touch.occurred_at, touch.id, touch.type
    FROM unnest(p_organizations) given (id) LEFT JOIN LATERAL (
      SELECT event.occurred_at, event.timeline_event_id AS id, CASE event.kind
          WHEN 'ISSUE' THEN (SELECT CASE WHEN e.updated_at = e.created_at THEN 'ISSUE_CREATED' ELSE 'ISSUE_UPDATED' END FROM timeline_event e
            WHERE e.tenant_id = p_tenant AND e.id = event.timeline_event_id)
          WHEN 'INTERACTION_EVENT' THEN CASE
            WHEN event.channel = 'VOICE' THEN 'INTERACTION_EVENT_PHONE_CALL'
            WHEN event.channel = 'CHAT' THEN 'INTERACTION_EVENT_CHAT'
            WHEN event.event_type = 'meeting' THEN 'MEETING'
            WHEN EXISTS (SELECT FROM timeline_event_participant p WHERE p.tenant_id = p_tenant AND p.timeline_event_id = event.timeline_event_id
              AND p.role = 'SENT_BY' AND (p.user_id IS NOT NULL OR EXISTS (
                SELECT FROM user_email u WHERE u.tenant_id = p_tenant AND u.email_id = p.email_id))) THEN 'INTERACTION_EVENT_EMAIL_SENT'
            ELSE 'INTERACTION_EVENT_EMAIL_RECEIVED' END
          WHEN 'ACTION' THEN 'ACTION_CREATED'
          ELSE event.kind END AS type
      FROM (
        SELECT candidate.*, false AS is_creation
        FROM (VALUES ('INTERACTION_SESSION'), ('ISSUE'), ('INTERACTION_EVENT'), ('MEETING'), ('LOG_ENTRY')) touching (kind)
        CROSS JOIN LATERAL (
          SELECT t.timeline_event_id, t.occurred_at, t.kind, e.channel, e.event_type
          FROM organization_timeline t LEFT JOIN interaction_event e ON e.tenant_id = t.tenant_id AND e.id = t.timeline_event_id
          WHERE t.tenant_id = p_tenant AND t.organization_id = given.id AND t.kind = touching.kind AND t.occurred_at <= (SELECT clock_timestamp())
            AND e.content_type IS DISTINCT FROM 'x-openline-transcript-element'
          ORDER BY t.occurred_at DESC, t.timeline_event_id DESC LIMIT 1) candidate
        UNION ALL
        SELECT e.id, e.occurred_at, e.kind, NULL, NULL, true FROM action a JOIN timeline_event e ON e.tenant_id = a.tenant_id AND e.id = a.id
        WHERE a.tenant_id = p_tenant AND a.organization_id = given.id AND a.type = 'CREATED') event
      ORDER BY event.is_creation, event.occurred_at DESC, event.timeline_event_id DESC LIMIT 1) touch ON true) newest
  WHERE o.tenant_id = p_tenant AND o.id = newest.organization_id
    AND (o.last_touchpoint_id, o.last_touchpoint_at, o.last_touchpoint_type) IS DISTINCT FROM (newest.id, newest.occurred_at, newest.type);
$$;
