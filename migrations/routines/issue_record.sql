-- Issues with what all kinds of events have in common.
CREATE OR REPLACE VIEW issue_record AS
  SELECT d.tenant_id, d.id, d.subject, d.status, d.priority, d.description, e.state, e.source, e.app_source,
    e.created_at, e.updated_at, e.occurred_at
  FROM issue d JOIN timeline_event e USING (tenant_id, id);
