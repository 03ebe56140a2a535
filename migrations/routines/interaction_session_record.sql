-- Interaction sessions with what all kinds of events have in common.
CREATE OR REPLACE VIEW interaction_session_record AS
  SELECT d.tenant_id, d.id, d.identifier, d.name, d.status, d.type, d.channel, d.channel_data, e.state, e.source,
    e.app_source, e.created_at, e.updated_at, e.occurred_at
  FROM interaction_session d JOIN timeline_event e USING (tenant_id, id);
