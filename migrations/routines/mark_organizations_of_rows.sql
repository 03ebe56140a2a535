-- Marks the organizations of rows that came or went, which are in the transition table `changed`.
CREATE OR REPLACE FUNCTION mark_organizations_of_rows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM mark_organizations(tenant_id, array_agg(DISTINCT organization_id)) FROM changed WHERE organization_id IS NOT NULL
  GROUP BY tenant_id;
  RETURN NULL;
END $$;
