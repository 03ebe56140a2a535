-- The name of a user as texts of actions show it.
CREATE OR REPLACE FUNCTION user_name(p_tenant integer, p_user uuid) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT coalesce(nullif(name, ''), nullif(trim(first_name || ' ' || last_name), '')) FROM app_user WHERE tenant_id = p_tenant AND id = p_user
$$;
