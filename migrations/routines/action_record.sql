-- Actions with what all kinds of events have in common.
CREATE OR REPLACE VIEW action_record AS
  SELECT d.tenant_id, d.id, d.organization_id, d.contract_id, d.invoice_id, d.interaction_event_id, d.created_by_id,
    d.type, d.content, d.metadata, e.state, e.source, e.app_source, e.created_at, e.updated_at, e.occurred_at
  FROM action d JOIN timeline_event e USING (tenant_id, id);
