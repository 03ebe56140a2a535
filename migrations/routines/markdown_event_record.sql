-- Markdown events with what all kinds of events have in common.
CREATE OR REPLACE VIEW markdown_event_record AS
  SELECT d.tenant_id, d.id, d.organization_id, d.contact_id, d.content, e.state, e.source, e.app_source,
    e.created_at, e.updated_at, e.occurred_at
  FROM markdown_event d JOIN timeline_event e USING (tenant_id, id);
