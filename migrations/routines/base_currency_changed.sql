-- Adds up again whatever is kept in the base currency of a tenant. Call it after the currency has changed.
CREATE OR REPLACE PROCEDURE base_currency_changed(p_tenant integer) LANGUAGE plpgsql AS $$
DECLARE organizations uuid[];
BEGIN
  SELECT array_agg(id) INTO organizations FROM (
    SELECT o.id FROM organization o WHERE o.tenant_id = p_tenant AND o.id IN (
      SELECT organization_id FROM contract WHERE tenant_id = p_tenant AND state = 'LIVE' GROUP BY 1 HAVING count(DISTINCT currency) > 1)
    ORDER BY o.id FOR NO KEY UPDATE) locked;
  CALL renewal_refresh(p_tenant, coalesce(organizations, '{}'));
END $$;
