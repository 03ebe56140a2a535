-- The whole rule for the timelines of contacts, to fill and to check them.
CREATE OR REPLACE VIEW contact_timeline_rule AS
  SELECT t.tenant_id, t.contact_id, r.reached_id AS timeline_event_id FROM contact_took_part t
    JOIN timeline_event_reach r ON r.tenant_id = t.tenant_id AND r.timeline_event_id = t.timeline_event_id
  UNION SELECT tenant_id, contact_id, timeline_event_id FROM contact_named;
