-- The whole rule for the timelines of organizations, to fill and to check them.
CREATE OR REPLACE VIEW organization_timeline_rule AS
  SELECT t.tenant_id, j.organization_id, r.reached_id AS timeline_event_id FROM contact_took_part t
    JOIN job_role j ON j.tenant_id = t.tenant_id AND j.contact_id = t.contact_id AND j.organization_id IS NOT NULL
    JOIN timeline_event_reach r ON r.tenant_id = t.tenant_id AND r.timeline_event_id = t.timeline_event_id
  UNION SELECT t.tenant_id, t.organization_id, r.reached_id FROM organization_took_part t
    JOIN timeline_event_reach r ON r.tenant_id = t.tenant_id AND r.timeline_event_id = t.timeline_event_id
  UNION SELECT tenant_id, organization_id, timeline_event_id FROM organization_named;
