-- Locks everything that decides which timelines an event is on, in the order that all changes keep: organizations,
-- contacts, addresses, events. is_held is false when a link has come in between: then the transaction has to start
-- again.
CREATE OR REPLACE FUNCTION timeline_lock(
  p_tenant integer, p_contacts uuid[], p_organizations uuid[], p_emails uuid[], p_phone_numbers uuid[], p_containers uuid[], p_shown uuid[],
  OUT contacts uuid[], OUT organizations uuid[], OUT is_held boolean) LANGUAGE plpgsql AS $$
DECLARE now_contacts uuid[]; now_organizations uuid[];
BEGIN
  SELECT c.contacts, c.organizations INTO contacts, organizations
    FROM timeline_concerned(p_tenant, p_contacts, p_organizations, p_emails, p_phone_numbers, p_containers, p_shown) c;
  PERFORM FROM organization WHERE tenant_id = p_tenant AND id = ANY (timeline_lock.organizations) ORDER BY id FOR NO KEY UPDATE;
  PERFORM FROM contact WHERE tenant_id = p_tenant AND id = ANY (timeline_lock.contacts) ORDER BY id FOR SHARE;
  PERFORM FROM email WHERE tenant_id = p_tenant AND id = ANY (p_emails) ORDER BY id FOR KEY SHARE;
  PERFORM FROM phone_number WHERE tenant_id = p_tenant AND id = ANY (p_phone_numbers) ORDER BY id FOR KEY SHARE;
  PERFORM FROM timeline_event WHERE tenant_id = p_tenant AND id = ANY (p_containers || p_shown) ORDER BY id FOR NO KEY UPDATE;
  SELECT c.contacts, c.organizations INTO now_contacts, now_organizations
    FROM timeline_concerned(p_tenant, p_contacts, p_organizations, p_emails, p_phone_numbers, p_containers, p_shown) c;
  is_held := contacts @> now_contacts AND organizations @> now_organizations;
END $$;
