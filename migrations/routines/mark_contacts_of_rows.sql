-- Marks the contacts of rows that came or went, which are in the transition table `changed`.
CREATE OR REPLACE FUNCTION mark_contacts_of_rows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM mark_contacts(tenant_id, array_agg(DISTINCT contact_id)) FROM changed WHERE contact_id IS NOT NULL GROUP BY tenant_id;
  RETURN NULL;
END $$;
