-- Marks parents and subsidiaries of rows that an update changed. Rows that stayed the same mark nobody.
CREATE OR REPLACE FUNCTION mark_relatives_of_updates() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM mark_organizations(c.tenant_id, array_agg(DISTINCT relative.id))
  FROM ((TABLE before EXCEPT TABLE after) UNION ALL (TABLE after EXCEPT TABLE before)) c
  CROSS JOIN LATERAL (VALUES (c.parent_id), (c.subsidiary_id)) relative(id) GROUP BY c.tenant_id;
  RETURN NULL;
END $$;
