-- Meetings with what all kinds of events have in common.
CREATE OR REPLACE VIEW meeting_record AS
  SELECT d.tenant_id, d.id, d.name, d.ended_at, d.conference_url, d.meeting_external_url, d.agenda,
    d.agenda_content_type, d.status, e.started_at, e.state, e.source, e.app_source, e.created_at, e.updated_at,
    e.occurred_at
  FROM meeting d JOIN timeline_event e USING (tenant_id, id);
