-- The events of a contact, through itself, its addresses and its visits.
CREATE OR REPLACE VIEW contact_took_part AS
  SELECT tenant_id, contact_id, timeline_event_id FROM timeline_event_participant
    WHERE contact_id IS NOT NULL AND role IN ('SENT_BY', 'SENT_TO', 'REPORTED_BY', 'ATTENDED_BY', 'CREATED_BY')
  UNION ALL SELECT p.tenant_id, l.contact_id, p.timeline_event_id FROM timeline_event_participant p
    JOIN contact_email l ON l.tenant_id = p.tenant_id AND l.email_id = p.email_id WHERE p.role IN ('SENT_BY', 'SENT_TO', 'ATTENDED_BY', 'CREATED_BY')
  UNION ALL SELECT p.tenant_id, l.contact_id, p.timeline_event_id FROM timeline_event_participant p
    JOIN contact_phone_number l ON l.tenant_id = p.tenant_id AND l.phone_number_id = p.phone_number_id WHERE p.role IN ('SENT_BY', 'SENT_TO', 'ATTENDED_BY', 'CREATED_BY')
  UNION ALL SELECT tenant_id, contact_id, id FROM page_view
  UNION ALL SELECT tenant_id, contact_id, id FROM note WHERE contact_id IS NOT NULL
  UNION ALL SELECT tenant_id, contact_id, id FROM markdown_event WHERE contact_id IS NOT NULL;
