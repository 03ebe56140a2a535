-- Marks the contacts of rows that an update changed. Rows that stayed the same mark nobody.
CREATE OR REPLACE FUNCTION mark_contacts_of_updates() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM mark_contacts(tenant_id, array_agg(DISTINCT contact_id))
  FROM ((TABLE before EXCEPT TABLE after) UNION ALL (TABLE after EXCEPT TABLE before)) changed
  WHERE contact_id IS NOT NULL GROUP BY tenant_id;
  RETURN NULL;
END $$;
