-- The events that contacts take part in, themselves or through their addresses.
CREATE OR REPLACE FUNCTION contact_events(p_tenant integer, p_contacts uuid[]) RETURNS uuid[] LANGUAGE plpgsql STABLE AS $$
DECLARE near uuid[];
BEGIN
  near := ARRAY(SELECT timeline_event_id FROM contact_took_part WHERE tenant_id = p_tenant AND contact_id = ANY (p_contacts)
    UNION SELECT timeline_event_id FROM contact_named WHERE tenant_id = p_tenant AND contact_id = ANY (p_contacts));
  RETURN ARRAY(SELECT timeline_event_id FROM contact_timeline WHERE tenant_id = p_tenant AND contact_id = ANY (p_contacts)
    UNION SELECT reached_id FROM timeline_event_reach WHERE tenant_id = p_tenant AND timeline_event_id = ANY (near));
END $$;
