-- Refreshes what organizations come to, as of now.
CREATE OR REPLACE PROCEDURE renewal_refresh(p_tenant integer, p_organizations uuid[], p_now timestamptz DEFAULT now()) LANGUAGE sql AS $$
  CALL organization_figures_refresh(p_tenant, p_organizations, p_now, 'CONTRACT');
$$;
