-- Puts many events on the timelines they belong on, and takes none off: what an import needs, whose participants
-- only grow in number. It finds participants by the events alone; the view of the whole rule would look through all
-- events of the tenant. The caller holds the owners, as for timeline_refresh_event.
CREATE OR REPLACE PROCEDURE timeline_extend(p_tenant integer, p_events uuid[]) LANGUAGE plpgsql AS $$
DECLARE near uuid[];
BEGIN
  near := ARRAY(SELECT timeline_event_id FROM timeline_event_reach WHERE tenant_id = p_tenant AND reached_id = ANY (p_events));
  WITH event AS MATERIALIZED (
      SELECT id, kind, occurred_at FROM timeline_event WHERE tenant_id = p_tenant AND id = ANY (p_events) AND state = 'LIVE'),
    reach AS MATERIALIZED (
      SELECT timeline_event_id, reached_id FROM timeline_event_reach WHERE tenant_id = p_tenant AND reached_id = ANY (p_events)),
    through_contact AS MATERIALIZED (
      SELECT DISTINCT t.contact_id, r.reached_id FROM contact_took_part t JOIN reach r USING (timeline_event_id)
      WHERE t.tenant_id = p_tenant AND t.timeline_event_id = ANY (near)),
    contacts AS (
      INSERT INTO contact_timeline (tenant_id, timeline_event_id, contact_id, kind, occurred_at)
      SELECT p_tenant, event.id, owner.id, event.kind, event.occurred_at FROM event JOIN (
        SELECT contact_id AS id, reached_id FROM through_contact
        UNION SELECT contact_id, timeline_event_id FROM contact_named WHERE tenant_id = p_tenant AND timeline_event_id = ANY (p_events)) owner
      ON owner.reached_id = event.id ON CONFLICT DO NOTHING)
  INSERT INTO organization_timeline (tenant_id, timeline_event_id, organization_id, kind, occurred_at)
    SELECT p_tenant, event.id, owner.id, event.kind, event.occurred_at FROM event JOIN (
      SELECT j.organization_id AS id, t.reached_id FROM through_contact t
        JOIN job_role j ON j.tenant_id = p_tenant AND j.contact_id = t.contact_id AND j.organization_id IS NOT NULL
      UNION SELECT t.organization_id, r.reached_id FROM organization_took_part t JOIN reach r USING (timeline_event_id)
        WHERE t.tenant_id = p_tenant AND t.timeline_event_id = ANY (near)
      UNION SELECT organization_id, timeline_event_id FROM organization_named
        WHERE tenant_id = p_tenant AND timeline_event_id = ANY (p_events)) owner
    ON owner.reached_id = event.id ON CONFLICT DO NOTHING;
END $$;
