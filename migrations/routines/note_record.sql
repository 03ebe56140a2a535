-- Notes with what all kinds of events have in common.
CREATE OR REPLACE VIEW note_record AS
  SELECT d.tenant_id, d.id, d.meeting_id, d.contact_id, d.organization_id, d.created_by_id, d.content,
    d.content_type, e.state, e.source, e.app_source, e.created_at, e.updated_at, e.occurred_at
  FROM note d JOIN timeline_event e USING (tenant_id, id);
