-- An event, and the events that contain it or are part of it. Which links put an event on a timeline is defined by
-- this view and by those that name it, and nowhere else.
CREATE OR REPLACE VIEW timeline_event_reach AS
  SELECT tenant_id, id AS timeline_event_id, id AS reached_id FROM timeline_event
  UNION ALL SELECT tenant_id, id, interaction_session_id FROM interaction_event WHERE interaction_session_id IS NOT NULL
  UNION ALL SELECT tenant_id, id, meeting_id FROM interaction_event WHERE meeting_id IS NOT NULL
  UNION ALL SELECT tenant_id, id, issue_id FROM interaction_event WHERE issue_id IS NOT NULL
  UNION ALL SELECT tenant_id, interaction_session_id, id FROM interaction_event WHERE interaction_session_id IS NOT NULL
  UNION ALL SELECT tenant_id, meeting_id, id FROM interaction_event WHERE meeting_id IS NOT NULL
  UNION ALL SELECT tenant_id, issue_id, id FROM interaction_event WHERE issue_id IS NOT NULL;
