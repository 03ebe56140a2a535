-- The currency that the figures of a tenant are added up in.
CREATE OR REPLACE FUNCTION base_currency(p_tenant integer) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT coalesce((SELECT base_currency FROM tenant_setting WHERE tenant_id = p_tenant), 'USD')
$$;
