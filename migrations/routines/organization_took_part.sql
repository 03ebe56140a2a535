-- The events of an organization through its own addresses and its job roles.
CREATE OR REPLACE VIEW organization_took_part AS
  SELECT p.tenant_id, l.organization_id, p.timeline_event_id FROM timeline_event_participant p
    JOIN organization_email l ON l.tenant_id = p.tenant_id AND l.email_id = p.email_id WHERE p.role IN ('SENT_BY', 'SENT_TO', 'ATTENDED_BY', 'CREATED_BY')
  UNION ALL SELECT p.tenant_id, l.organization_id, p.timeline_event_id FROM timeline_event_participant p
    JOIN organization_phone_number l ON l.tenant_id = p.tenant_id AND l.phone_number_id = p.phone_number_id WHERE p.role IN ('SENT_BY', 'SENT_TO', 'ATTENDED_BY', 'CREATED_BY')
  UNION ALL SELECT p.tenant_id, j.organization_id, p.timeline_event_id FROM timeline_event_participant p
    JOIN job_role j ON j.tenant_id = p.tenant_id AND j.id = p.job_role_id AND j.organization_id IS NOT NULL WHERE p.role IN ('SENT_BY', 'SENT_TO', 'ATTENDED_BY', 'CREATED_BY');
