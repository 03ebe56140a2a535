-- The text of an action: "Maya added …", or "Added …" when it is not known who did it.
CREATE OR REPLACE FUNCTION told(p_tenant integer, p_user uuid, p_deed text) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT coalesce(user_name(p_tenant, p_user) || ' ' || p_deed, upper(left(p_deed, 1)) || substr(p_deed, 2))
$$;
