-- The events a contact takes part in directly, without the events these contain or are part of.
CREATE OR REPLACE VIEW contact_named AS
  SELECT p.tenant_id, j.contact_id, p.timeline_event_id FROM timeline_event_participant p
    JOIN job_role j ON j.tenant_id = p.tenant_id AND j.id = p.job_role_id AND j.contact_id IS NOT NULL WHERE p.role IN ('SENT_BY', 'SENT_TO', 'ATTENDED_BY', 'CREATED_BY');
