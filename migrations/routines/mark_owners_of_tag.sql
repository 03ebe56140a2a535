-- Marks the contacts and organizations that are linked to rows of tag that an update changed.
CREATE OR REPLACE FUNCTION mark_owners_of_tag() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  tenant integer;
  ids uuid[];
BEGIN
  FOR tenant, ids IN
    SELECT a.tenant_id, array_agg(a.id) FROM after a JOIN before b ON b.tenant_id = a.tenant_id AND b.id = a.id
    WHERE to_jsonb(a) - 'updated_at' IS DISTINCT FROM to_jsonb(b) - 'updated_at' GROUP BY a.tenant_id
  LOOP
    PERFORM mark_contacts(tenant, array_agg(DISTINCT l.contact_id)) FROM contact_tag l
    WHERE l.tenant_id = tenant AND l.tag_id = ANY (ids) HAVING count(*) > 0;
    PERFORM mark_organizations(tenant, array_agg(DISTINCT l.organization_id)) FROM organization_tag l
    WHERE l.tenant_id = tenant AND l.tag_id = ANY (ids) HAVING count(*) > 0;
  END LOOP;
  RETURN NULL;
END $$;
