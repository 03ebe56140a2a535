-- Interaction events with what all kinds of events have in common.
CREATE OR REPLACE VIEW interaction_event_record AS
  SELECT d.tenant_id, d.id, d.interaction_session_id, d.meeting_id, d.issue_id, d.replies_to_id, d.identifier,
    d.internal_identifier, d.event_type, d.channel, d.channel_data, d.content, d.content_type, e.state, e.source,
    e.app_source, e.created_at, e.updated_at, e.occurred_at
  FROM interaction_event d JOIN timeline_event e USING (tenant_id, id);
