-- Rebuilds the timeline of an organization. Returns how many of its rows were missing, superfluous or different.
CREATE OR REPLACE FUNCTION organization_timeline_rebuild(p_tenant integer, p_organization uuid) RETURNS bigint LANGUAGE plpgsql AS $$
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
