-- updated_at of a contact or an organization says when something changed that the API shows as theirs, so that a reader who asks
-- for what changed since a time misses nothing: links, roles, fields, and the addresses, numbers, places and tags at the ends of
-- links. Triggers see all writers: requests, imports, routines and cascades. They run once for a statement, whatever the number of
-- its rows, and mark a record once in a transaction.

-- A load that says itself when its records changed leaves the triggers out: SET LOCAL customeros.marks = 'off'.
CREATE FUNCTION marks_changes() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
AS $$ SELECT current_setting('customeros.marks', true) IS DISTINCT FROM 'off' $$;

-- The time never goes back: a transaction may have begun before one that is through already.
CREATE FUNCTION now_or_later(updated_at timestamptz) RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE
AS $$ SELECT greatest((SELECT now()), updated_at + interval '1 microsecond') $$;

-- What a change itself says of its time is held to that, too, whoever makes it.
CREATE FUNCTION time_goes_on() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.updated_at := now_or_later(OLD.updated_at);
  RETURN NEW;
END $$;
CREATE TRIGGER contact_time_goes_on BEFORE UPDATE ON contact FOR EACH ROW WHEN (NEW.updated_at < OLD.updated_at AND marks_changes())
  EXECUTE FUNCTION time_goes_on();
CREATE TRIGGER organization_time_goes_on BEFORE UPDATE ON organization FOR EACH ROW
  WHEN (NEW.updated_at < OLD.updated_at AND marks_changes()) EXECUTE FUNCTION time_goes_on();

-- Locks the records in the order of their ids before it marks them: two such writers do not block each other. Writers that meet in
-- other tables' locks may, and then one of the transactions is begun again. The plan is kept
-- for the session, which may have begun with a table of a few rows: it takes the index all the same.
CREATE FUNCTION mark_contacts(tenant integer, ids uuid[]) RETURNS void LANGUAGE plpgsql SET enable_seqscan = off AS $$
DECLARE
  due uuid[];
BEGIN
  SELECT array_agg(id) INTO due
  FROM (SELECT r.id FROM contact r WHERE r.tenant_id = tenant AND r.id = ANY (ids) AND r.updated_at <> (SELECT now())
        ORDER BY r.id FOR NO KEY UPDATE) locked;
  UPDATE contact SET updated_at = now_or_later(updated_at) WHERE tenant_id = tenant AND id = ANY (due);
END $$;

CREATE FUNCTION mark_organizations(tenant integer, ids uuid[]) RETURNS void LANGUAGE plpgsql SET enable_seqscan = off AS $$
DECLARE
  due uuid[];
BEGIN
  SELECT array_agg(id) INTO due
  FROM (SELECT r.id FROM organization r WHERE r.tenant_id = tenant AND r.id = ANY (ids) AND r.updated_at <> (SELECT now())
        ORDER BY r.id FOR NO KEY UPDATE) locked;
  UPDATE organization SET updated_at = now_or_later(updated_at) WHERE tenant_id = tenant AND id = ANY (due);
END $$;

-- Links and what belongs to one record: `changed` holds the rows that came or went.
CREATE FUNCTION mark_contacts_of_rows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM mark_contacts(tenant_id, array_agg(DISTINCT contact_id)) FROM changed WHERE contact_id IS NOT NULL GROUP BY tenant_id;
  RETURN NULL;
END $$;

CREATE FUNCTION mark_organizations_of_rows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM mark_organizations(tenant_id, array_agg(DISTINCT organization_id)) FROM changed WHERE organization_id IS NOT NULL
  GROUP BY tenant_id;
  RETURN NULL;
END $$;

CREATE FUNCTION mark_relatives_of_rows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM mark_organizations(c.tenant_id, array_agg(DISTINCT relative.id))
  FROM changed c CROSS JOIN LATERAL (VALUES (c.parent_id), (c.subsidiary_id)) relative(id) GROUP BY c.tenant_id;
  RETURN NULL;
END $$;

-- The same of updates: rows that stayed as they were mark nobody.
CREATE FUNCTION mark_contacts_of_updates() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM mark_contacts(tenant_id, array_agg(DISTINCT contact_id))
  FROM ((TABLE before EXCEPT TABLE after) UNION ALL (TABLE after EXCEPT TABLE before)) changed
  WHERE contact_id IS NOT NULL GROUP BY tenant_id;
  RETURN NULL;
END $$;

CREATE FUNCTION mark_organizations_of_updates() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM mark_organizations(tenant_id, array_agg(DISTINCT organization_id))
  FROM ((TABLE before EXCEPT TABLE after) UNION ALL (TABLE after EXCEPT TABLE before)) changed
  WHERE organization_id IS NOT NULL GROUP BY tenant_id;
  RETURN NULL;
END $$;

CREATE FUNCTION mark_relatives_of_updates() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM mark_organizations(c.tenant_id, array_agg(DISTINCT relative.id))
  FROM ((TABLE before EXCEPT TABLE after) UNION ALL (TABLE after EXCEPT TABLE before)) c
  CROSS JOIN LATERAL (VALUES (c.parent_id), (c.subsidiary_id)) relative(id) GROUP BY c.tenant_id;
  RETURN NULL;
END $$;

DO $$
DECLARE
  theirs text;
BEGIN
  FOREACH theirs IN ARRAY ARRAY['contact_email', 'contact_phone_number', 'contact_location', 'contact_social', 'contact_tag', 'job_role',
    'custom_field', 'external_link']
  LOOP
    EXECUTE format('CREATE TRIGGER %1$s_inserts_mark_contacts AFTER INSERT ON %1$s REFERENCING NEW TABLE AS changed '
      'FOR EACH STATEMENT WHEN (marks_changes()) EXECUTE FUNCTION mark_contacts_of_rows()', theirs);
    EXECUTE format('CREATE TRIGGER %1$s_deletes_mark_contacts AFTER DELETE ON %1$s REFERENCING OLD TABLE AS changed '
      'FOR EACH STATEMENT WHEN (marks_changes()) EXECUTE FUNCTION mark_contacts_of_rows()', theirs);
    EXECUTE format('CREATE TRIGGER %1$s_updates_mark_contacts AFTER UPDATE ON %1$s REFERENCING OLD TABLE AS before NEW TABLE AS after '
      'FOR EACH STATEMENT WHEN (marks_changes()) EXECUTE FUNCTION mark_contacts_of_updates()', theirs);
  END LOOP;
  FOREACH theirs IN ARRAY ARRAY['organization_email', 'organization_phone_number', 'organization_location', 'organization_social',
    'organization_tag', 'organization_domain', 'organization_suggested_merge', 'job_role', 'custom_field', 'external_link']
  LOOP
    EXECUTE format('CREATE TRIGGER %1$s_inserts_mark_organizations AFTER INSERT ON %1$s REFERENCING NEW TABLE AS changed '
      'FOR EACH STATEMENT WHEN (marks_changes()) EXECUTE FUNCTION mark_organizations_of_rows()', theirs);
    EXECUTE format('CREATE TRIGGER %1$s_deletes_mark_organizations AFTER DELETE ON %1$s REFERENCING OLD TABLE AS changed '
      'FOR EACH STATEMENT WHEN (marks_changes()) EXECUTE FUNCTION mark_organizations_of_rows()', theirs);
    EXECUTE format('CREATE TRIGGER %1$s_updates_mark_organizations AFTER UPDATE ON %1$s REFERENCING OLD TABLE AS before NEW TABLE AS after '
      'FOR EACH STATEMENT WHEN (marks_changes()) EXECUTE FUNCTION mark_organizations_of_updates()', theirs);
  END LOOP;
END $$;
CREATE TRIGGER organization_subsidiary_inserts_mark_relatives AFTER INSERT ON organization_subsidiary REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT WHEN (marks_changes()) EXECUTE FUNCTION mark_relatives_of_rows();
CREATE TRIGGER organization_subsidiary_deletes_mark_relatives AFTER DELETE ON organization_subsidiary REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT WHEN (marks_changes()) EXECUTE FUNCTION mark_relatives_of_rows();
CREATE TRIGGER organization_subsidiary_updates_mark_relatives AFTER UPDATE ON organization_subsidiary
  REFERENCING OLD TABLE AS before NEW TABLE AS after
  FOR EACH STATEMENT WHEN (marks_changes()) EXECUTE FUNCTION mark_relatives_of_updates();

-- What several may share: whoever has a link to it is marked when it changes. The links' own triggers mark those who gain or lose one.
DO $$
DECLARE
  shared text;
BEGIN
  FOREACH shared IN ARRAY ARRAY['email', 'phone_number', 'location', 'social', 'tag'] LOOP
    EXECUTE format($function$
      CREATE FUNCTION mark_owners_of_%1$s() RETURNS trigger LANGUAGE plpgsql AS $body$
      DECLARE
        tenant integer;
        ids uuid[];
      BEGIN
        FOR tenant, ids IN
          SELECT a.tenant_id, array_agg(a.id) FROM after a JOIN before b ON b.tenant_id = a.tenant_id AND b.id = a.id
          WHERE to_jsonb(a) - 'updated_at' IS DISTINCT FROM to_jsonb(b) - 'updated_at' GROUP BY a.tenant_id
        LOOP
          PERFORM mark_contacts(tenant, array_agg(DISTINCT l.contact_id)) FROM contact_%1$s l
          WHERE l.tenant_id = tenant AND l.%1$s_id = ANY (ids) HAVING count(*) > 0;
          PERFORM mark_organizations(tenant, array_agg(DISTINCT l.organization_id)) FROM organization_%1$s l
          WHERE l.tenant_id = tenant AND l.%1$s_id = ANY (ids) HAVING count(*) > 0;
        END LOOP;
        RETURN NULL;
      END $body$ $function$, shared);
    EXECUTE format('CREATE TRIGGER %1$s_updates_mark_owners AFTER UPDATE ON %1$s REFERENCING OLD TABLE AS before NEW TABLE AS after '
      'FOR EACH STATEMENT WHEN (marks_changes()) EXECUTE FUNCTION mark_owners_of_%1$s()', shared);
  END LOOP;
END $$;
