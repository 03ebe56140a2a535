-- The events an organization takes part in directly, without the events these contain or are part of.
CREATE OR REPLACE VIEW organization_named AS
  SELECT tenant_id, organization_id, timeline_event_id FROM timeline_event_participant
    WHERE organization_id IS NOT NULL AND role IN ('SENT_BY', 'SENT_TO', 'REPORTED_BY')
  UNION ALL SELECT tenant_id, organization_id, id FROM log_entry
  UNION ALL SELECT tenant_id, organization_id, id FROM note WHERE organization_id IS NOT NULL
  UNION ALL SELECT tenant_id, organization_id, id FROM markdown_event WHERE organization_id IS NOT NULL
  UNION ALL SELECT tenant_id, organization_id, id FROM action WHERE organization_id IS NOT NULL
  UNION ALL SELECT a.tenant_id, c.organization_id, a.id FROM action a JOIN contract c ON c.tenant_id = a.tenant_id AND c.id = a.contract_id
  UNION ALL SELECT a.tenant_id, c.organization_id, a.id FROM action a JOIN invoice i ON i.tenant_id = a.tenant_id AND i.id = a.invoice_id
    JOIN contract c ON c.tenant_id = i.tenant_id AND c.id = i.contract_id;
