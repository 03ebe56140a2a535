-- Marks parents and subsidiaries of rows that came or went, which are in the transition table `changed`.
CREATE OR REPLACE FUNCTION mark_relatives_of_rows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM mark_organizations(c.tenant_id, array_agg(DISTINCT relative.id))
  FROM changed c CROSS JOIN LATERAL (VALUES (c.parent_id), (c.subsidiary_id)) relative(id) GROUP BY c.tenant_id;
  RETURN NULL;
END $$;
