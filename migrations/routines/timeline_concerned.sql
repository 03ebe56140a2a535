-- Whose timelines a change may touch: through those who take part in an event, through those who take part in its
-- containers, and because events are already shown there.
CREATE OR REPLACE FUNCTION timeline_concerned(
  p_tenant integer, p_contacts uuid[], p_organizations uuid[], p_emails uuid[], p_phone_numbers uuid[], p_containers uuid[], p_shown uuid[],
  OUT contacts uuid[], OUT organizations uuid[]) LANGUAGE plpgsql STABLE AS $$
BEGIN
  contacts := ARRAY(
    SELECT unnest(p_contacts)
    UNION SELECT contact_id FROM contact_email WHERE tenant_id = p_tenant AND email_id = ANY (p_emails)
    UNION SELECT contact_id FROM contact_phone_number WHERE tenant_id = p_tenant AND phone_number_id = ANY (p_phone_numbers)
    UNION SELECT contact_id FROM contact_took_part WHERE tenant_id = p_tenant AND timeline_event_id = ANY (p_containers)
    UNION SELECT contact_id FROM contact_named WHERE tenant_id = p_tenant AND timeline_event_id = ANY (p_containers)
    UNION SELECT contact_id FROM contact_timeline WHERE tenant_id = p_tenant AND timeline_event_id = ANY (p_shown));
  organizations := ARRAY(
    SELECT unnest(p_organizations)
    UNION SELECT organization_id FROM job_role WHERE tenant_id = p_tenant AND contact_id = ANY (contacts) AND organization_id IS NOT NULL
    UNION SELECT organization_id FROM organization_email WHERE tenant_id = p_tenant AND email_id = ANY (p_emails)
    UNION SELECT organization_id FROM organization_phone_number WHERE tenant_id = p_tenant AND phone_number_id = ANY (p_phone_numbers)
    UNION SELECT organization_id FROM organization_took_part WHERE tenant_id = p_tenant AND timeline_event_id = ANY (p_containers)
    UNION SELECT organization_id FROM organization_named WHERE tenant_id = p_tenant AND timeline_event_id = ANY (p_containers)
    UNION SELECT organization_id FROM organization_timeline WHERE tenant_id = p_tenant AND timeline_event_id = ANY (p_shown));
END $$;
