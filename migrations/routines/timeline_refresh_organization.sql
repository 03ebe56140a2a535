-- Refreshes the timeline of an organization, in the transaction that changed its causes. Take several owners in the
-- order of their ids.
CREATE OR REPLACE PROCEDURE timeline_refresh_organization(p_tenant integer, p_organization uuid) LANGUAGE plpgsql AS $$
DECLARE near uuid[]; contacts uuid[];
BEGIN
  PERFORM 1 FROM organization WHERE tenant_id = p_tenant AND id = p_organization FOR NO KEY UPDATE;
  DELETE FROM organization_timeline WHERE tenant_id = p_tenant AND organization_id = p_organization;
  contacts := ARRAY(SELECT DISTINCT contact_id FROM job_role WHERE tenant_id = p_tenant AND organization_id = p_organization AND contact_id IS NOT NULL);
  near := ARRAY(SELECT timeline_event_id FROM contact_took_part WHERE tenant_id = p_tenant AND contact_id = ANY (contacts)
                UNION SELECT timeline_event_id FROM organization_took_part WHERE tenant_id = p_tenant AND organization_id = p_organization);
  INSERT INTO organization_timeline
    SELECT p_tenant, e.id, p_organization, e.kind, e.occurred_at FROM timeline_event e JOIN (
      SELECT reached_id AS id FROM timeline_event_reach WHERE tenant_id = p_tenant AND timeline_event_id = ANY (near)
      UNION SELECT timeline_event_id FROM organization_named WHERE tenant_id = p_tenant AND organization_id = p_organization) reached USING (id)
    WHERE e.tenant_id = p_tenant AND e.state = 'LIVE' ON CONFLICT DO NOTHING;
END $$;
