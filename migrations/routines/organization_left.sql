-- Makes an organization a former customer when none of its contracts goes on.
CREATE OR REPLACE PROCEDURE organization_left(p_tenant integer, p_organization uuid, p_now timestamptz) LANGUAGE sql AS $$
  UPDATE organization o SET relationship = 'FORMER_CUSTOMER', stage = 'TARGET', updated_at = p_now,
    stage_changed_at = CASE WHEN o.stage IS DISTINCT FROM 'TARGET' THEN p_now ELSE o.stage_changed_at END
  WHERE o.tenant_id = p_tenant AND o.id = p_organization
    AND (o.relationship, o.stage) IS DISTINCT FROM ('FORMER_CUSTOMER', 'TARGET')
    AND NOT EXISTS (SELECT FROM contract c WHERE c.tenant_id = p_tenant AND c.organization_id = p_organization AND c.state = 'LIVE'
      AND c.status NOT IN ('DRAFT', 'ENDED'));
$$;
