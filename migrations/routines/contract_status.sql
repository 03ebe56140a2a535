-- The status of a contract: the first condition that holds decides. The renewal is the active one.
CREATE OR REPLACE FUNCTION contract_status(
  p_ended_at timestamptz, p_approved boolean, p_service_started_at timestamptz, p_auto_renew boolean, p_renewed_at timestamptz,
  p_now timestamptz) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE
    WHEN p_ended_at < p_now THEN 'ENDED'
    WHEN NOT p_approved THEN 'DRAFT'
    WHEN p_service_started_at IS NULL OR p_service_started_at > p_now THEN 'SCHEDULED'
    WHEN NOT p_auto_renew AND p_renewed_at < p_now THEN 'OUT_OF_CONTRACT'
    ELSE 'LIVE' END
$$;
