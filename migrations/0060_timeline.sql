-- Events as the interface shows them, and what keeps the timelines right when events are written.

-- The events of each kind with what all kinds have in common.
CREATE VIEW interaction_event_record AS
  SELECT d.*, e.state, e.source, e.app_source, e.created_at, e.updated_at, e.occurred_at FROM interaction_event d JOIN timeline_event e USING (tenant_id, id);
CREATE VIEW interaction_session_record AS
  SELECT d.*, e.state, e.source, e.app_source, e.created_at, e.updated_at, e.occurred_at FROM interaction_session d JOIN timeline_event e USING (tenant_id, id);
CREATE VIEW meeting_record AS
  SELECT d.*, e.started_at, e.state, e.source, e.app_source, e.created_at, e.updated_at, e.occurred_at FROM meeting d JOIN timeline_event e USING (tenant_id, id);
CREATE VIEW issue_record AS
  SELECT d.*, e.state, e.source, e.app_source, e.created_at, e.updated_at, e.occurred_at FROM issue d JOIN timeline_event e USING (tenant_id, id);
CREATE VIEW log_entry_record AS
  SELECT d.*, e.state, e.source, e.app_source, e.created_at, e.updated_at, e.occurred_at FROM log_entry d JOIN timeline_event e USING (tenant_id, id);
CREATE VIEW note_record AS
  SELECT d.*, e.state, e.source, e.app_source, e.created_at, e.updated_at, e.occurred_at FROM note d JOIN timeline_event e USING (tenant_id, id);
CREATE VIEW page_view_record AS
  SELECT d.*, e.state, e.source, e.app_source, e.created_at, e.updated_at, e.occurred_at FROM page_view d JOIN timeline_event e USING (tenant_id, id);
CREATE VIEW action_record AS
  SELECT d.*, e.state, e.source, e.app_source, e.created_at, e.updated_at, e.occurred_at FROM action d JOIN timeline_event e USING (tenant_id, id);
CREATE VIEW markdown_event_record AS
  SELECT d.*, e.state, e.source, e.app_source, e.created_at, e.updated_at, e.occurred_at FROM markdown_event d JOIN timeline_event e USING (tenant_id, id);

-- Whose timelines a change may touch: through those who take part in it, through those who take part in the containers of an event,
-- and because events are shown there already.
CREATE FUNCTION timeline_concerned(
  p_tenant integer, p_contacts uuid[], p_organizations uuid[], p_emails uuid[], p_phone_numbers uuid[], p_containers uuid[], p_shown uuid[],
  OUT contacts uuid[], OUT organizations uuid[]) LANGUAGE plpgsql STABLE AS $$
BEGIN
  contacts := ARRAY(
    SELECT unnest(p_contacts)
    UNION SELECT contact_id FROM contact_email WHERE tenant_id = p_tenant AND email_id = ANY (p_emails)
    UNION SELECT contact_id FROM contact_phone_number WHERE tenant_id = p_tenant AND phone_number_id = ANY (p_phone_numbers)
    UNION SELECT contact_id FROM contact_took_part WHERE tenant_id = p_tenant AND timeline_event_id = ANY (p_containers)
    UNION SELECT contact_id FROM contact_named WHERE tenant_id = p_tenant AND timeline_event_id = ANY (p_containers)
    UNION SELECT contact_id FROM contact_timeline WHERE tenant_id = p_tenant AND timeline_event_id = ANY (p_shown));
  organizations := ARRAY(
    SELECT unnest(p_organizations)
    UNION SELECT organization_id FROM job_role WHERE tenant_id = p_tenant AND contact_id = ANY (contacts) AND organization_id IS NOT NULL
    UNION SELECT organization_id FROM organization_email WHERE tenant_id = p_tenant AND email_id = ANY (p_emails)
    UNION SELECT organization_id FROM organization_phone_number WHERE tenant_id = p_tenant AND phone_number_id = ANY (p_phone_numbers)
    UNION SELECT organization_id FROM organization_took_part WHERE tenant_id = p_tenant AND timeline_event_id = ANY (p_containers)
    UNION SELECT organization_id FROM organization_named WHERE tenant_id = p_tenant AND timeline_event_id = ANY (p_containers)
    UNION SELECT organization_id FROM organization_timeline WHERE tenant_id = p_tenant AND timeline_event_id = ANY (p_shown));
END $$;

-- Locks everything that decides on what timelines an event is, in the order that all changes keep: organizations, contacts, addresses,
-- events. is_held is false when a link has come in between: then the transaction has to begin anew.
CREATE FUNCTION timeline_lock(
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

-- The event is new. The caller holds timeline_lock, which has given contacts and organizations.
CREATE PROCEDURE timeline_event_added(p_tenant integer, p_event uuid, p_contacts uuid[], p_organizations uuid[]) LANGUAGE plpgsql AS $$
DECLARE containers uuid[];
BEGIN
  CALL timeline_refresh_event(p_tenant, p_event);
  containers := ARRAY(SELECT reached_id FROM timeline_event_reach
    WHERE tenant_id = p_tenant AND timeline_event_id = p_event AND reached_id <> p_event);
  IF cardinality(containers) > 0 THEN
    CALL timeline_refresh_part(p_tenant, p_contacts, p_organizations, containers);
  ELSE
    CALL organization_touchpoint_refresh(p_tenant, p_organizations);
  END IF;
END $$;

-- Somebody takes part in the event, or does no more.
CREATE PROCEDURE timeline_event_changed(p_tenant integer, p_event uuid, p_contacts uuid[], p_organizations uuid[]) LANGUAGE plpgsql AS $$
DECLARE reached uuid[];
BEGIN
  reached := ARRAY(SELECT reached_id FROM timeline_event_reach WHERE tenant_id = p_tenant AND timeline_event_id = p_event);
  CALL timeline_refresh_part(p_tenant, p_contacts, p_organizations, reached);
END $$;

-- The event has another time.
CREATE PROCEDURE timeline_event_moved(p_tenant integer, p_event uuid, p_organizations uuid[]) LANGUAGE plpgsql AS $$
BEGIN
  UPDATE organization_timeline t SET occurred_at = e.occurred_at FROM timeline_event e
    WHERE t.tenant_id = p_tenant AND t.timeline_event_id = p_event AND e.tenant_id = p_tenant AND e.id = p_event;
  UPDATE contact_timeline t SET occurred_at = e.occurred_at FROM timeline_event e
    WHERE t.tenant_id = p_tenant AND t.timeline_event_id = p_event AND e.tenant_id = p_tenant AND e.id = p_event;
  CALL organization_touchpoint_refresh(p_tenant, p_organizations);
END $$;

-- Make a timeline anew and give the number of its rows that were missing, too many or different.
CREATE FUNCTION organization_timeline_rebuild(p_tenant integer, p_organization uuid) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE before text[];
BEGIN
  PERFORM FROM organization WHERE tenant_id = p_tenant AND id = p_organization FOR NO KEY UPDATE;
  before := ARRAY(SELECT (timeline_event_id, kind, occurred_at)::text FROM organization_timeline
    WHERE tenant_id = p_tenant AND organization_id = p_organization);
  CALL timeline_refresh_organization(p_tenant, p_organization);
  CALL organization_touchpoint_refresh(p_tenant, ARRAY[p_organization]);
  RETURN (WITH was (line) AS (SELECT unnest(before)),
    made (line) AS (SELECT (timeline_event_id, kind, occurred_at)::text FROM organization_timeline
      WHERE tenant_id = p_tenant AND organization_id = p_organization)
    SELECT count(*) FROM ((TABLE was EXCEPT TABLE made) UNION ALL (TABLE made EXCEPT TABLE was)) different);
END $$;
CREATE FUNCTION contact_timeline_rebuild(p_tenant integer, p_contact uuid) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE before text[];
BEGIN
  PERFORM FROM contact WHERE tenant_id = p_tenant AND id = p_contact FOR NO KEY UPDATE;
  before := ARRAY(SELECT (timeline_event_id, kind, occurred_at)::text FROM contact_timeline
    WHERE tenant_id = p_tenant AND contact_id = p_contact);
  CALL timeline_refresh_contact(p_tenant, p_contact);
  RETURN (WITH was (line) AS (SELECT unnest(before)),
    made (line) AS (SELECT (timeline_event_id, kind, occurred_at)::text FROM contact_timeline
      WHERE tenant_id = p_tenant AND contact_id = p_contact)
    SELECT count(*) FROM ((TABLE was EXCEPT TABLE made) UNION ALL (TABLE made EXCEPT TABLE was)) different);
END $$;
