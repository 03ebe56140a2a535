-- Refreshes the next contracts, in the order of tenants and ids, that time alone has changed. Returns the place of
-- the last one, where the next call continues, or null at the end. Two calls never work at the same time: the second
-- learns that it is busy.
-- Changed since 0102: the lock is the job's own, since there will be others.
CREATE OR REPLACE FUNCTION job_contracts(p_after text, p_now timestamptz DEFAULT now(), p_limit integer DEFAULT 100)
RETURNS TABLE (place text, changed bigint, busy boolean) LANGUAGE plpgsql SET timezone TO 'UTC' AS $$
DECLARE tenants integer[]; organizations uuid[]; contracts uuid[]; own uuid[]; one integer;
BEGIN
  IF NOT pg_try_advisory_xact_lock(hashtextextended('job contracts', 1)) THEN RETURN QUERY SELECT NULL::text, 0::bigint, true; RETURN; END IF;
  SELECT array_agg(due.tenant_id ORDER BY due.tenant_id, due.id), array_agg(due.organization_id ORDER BY due.tenant_id, due.id),
      array_agg(due.id ORDER BY due.tenant_id, due.id) INTO tenants, organizations, contracts
  FROM (
    SELECT c.tenant_id, c.organization_id, c.id
    FROM contract c JOIN organization o ON o.tenant_id = c.tenant_id AND o.id = c.organization_id
      LEFT JOIN active_renewal r ON r.tenant_id = c.tenant_id AND r.contract_id = c.id
    WHERE c.state = 'LIVE'
      AND (p_after = '' OR (c.tenant_id, c.id) > (split_part(p_after, '/', 1)::integer, split_part(p_after, '/', 2)::uuid))
      AND (c.status <> contract_status(c.ended_at, c.approved, c.service_started_at, c.auto_renew, r.renewed_at, p_now)
        OR c.lifetime_value <> figure(contract_lifetime_value(c.tenant_id, c.id, c.status, c.ended_at, p_now),
          coalesce(c.currency, base_currency(c.tenant_id)), 'TIME')
        OR o.next_renewal_at <= p_now
        OR r.id IS NOT NULL AND (c.length_in_months = 0 OR c.ended_at < p_now)
        OR c.length_in_months > 0 AND (c.ended_at IS NULL OR c.ended_at >= p_now) AND (r.id IS NULL
          OR r.renewed_at IS NULL AND c.service_started_at IS NOT NULL
          OR r.renewed_at::date <= p_now::date AND (c.auto_renew OR r.renewal_approved) AND c.status IN ('LIVE', 'OUT_OF_CONTRACT', 'SCHEDULED')
          OR r.max_amount <> figure(contract_max_arr(c.tenant_id, c.id, c.ended_at, p_now),
            coalesce(c.currency, base_currency(c.tenant_id)), 'TIME')))
    ORDER BY c.tenant_id, c.id LIMIT p_limit) due;
  IF tenants IS NULL THEN RETURN QUERY SELECT NULL::text, 0::bigint, false; RETURN; END IF;
  PERFORM FROM organization o WHERE (o.tenant_id, o.id) IN (SELECT * FROM unnest(tenants, organizations))
    ORDER BY o.tenant_id, o.id FOR NO KEY UPDATE;
  FOREACH one IN ARRAY ARRAY(SELECT DISTINCT unnest(tenants) ORDER BY 1) LOOP
    own := ARRAY(SELECT u.id FROM unnest(tenants, contracts) u (tenant_id, id) WHERE u.tenant_id = one);
    CALL contract_refresh(one, own, 'TIME', NULL, p_now);
  END LOOP;
  RETURN QUERY SELECT tenants[cardinality(tenants)] || '/' || contracts[cardinality(contracts)], cardinality(contracts)::bigint, false;
END $$;
