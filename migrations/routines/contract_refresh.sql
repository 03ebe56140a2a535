-- Brings contracts, their renewals and their organizations up to date, in this order: due renewals, which renewal is
-- active, its date, its likelihood, its amounts, the status, the lifetime value, the organization. The caller has locked
-- the organizations and then the contracts, each by id. p_cause says what has changed:
--   CONTRACT  the contract itself
--   ITEMS     its services
--   RENEWAL   likelihood or rate of its renewal
--   AMOUNT    the amount of its renewal, which stays
--   ROLL      its renewal is due and decided: it is won, and the next one begins
--   LOST      its renewal is lost, and what comes next is not yet decided
--   TIME      nothing but the time
CREATE OR REPLACE PROCEDURE contract_refresh(p_tenant integer, p_contracts uuid[], p_cause text, p_user uuid, p_now timestamptz DEFAULT now())
LANGUAGE plpgsql SET timezone TO 'UTC' AS $$
DECLARE
  c contract; renewal opportunity; blank opportunity;
  ended boolean; dated boolean; rated boolean; fresh boolean;
  begins timestamptz; rolled timestamptz; total numeric; reached text; worth numeric; content text; currency text;
  organizations uuid[] := '{}';
BEGIN
  FOR c IN SELECT * FROM contract WHERE tenant_id = p_tenant AND id = ANY (p_contracts) AND state = 'LIVE' ORDER BY id FOR NO KEY UPDATE LOOP
    IF c.organization_id <> ALL (organizations) THEN organizations := organizations || c.organization_id; END IF;
    ended := coalesce(c.ended_at < p_now, false);
    dated := false; rated := false; fresh := false; rolled := NULL;
    currency := coalesce(c.currency, base_currency(p_tenant));
    SELECT * INTO renewal FROM opportunity WHERE tenant_id = p_tenant AND contract_id = c.id AND internal_type = 'RENEWAL'
      AND internal_stage = 'OPEN' AND state = 'LIVE' FOR NO KEY UPDATE;

    IF renewal.id IS NOT NULL AND NOT ended AND c.length_in_months > 0 AND (p_cause = 'ROLL'
      OR p_cause = 'TIME' AND c.status IN ('LIVE', 'OUT_OF_CONTRACT', 'SCHEDULED') AND renewal.renewed_at::date <= p_now::date
        AND (c.auto_renew OR renewal.renewal_approved)) THEN
      UPDATE opportunity SET internal_stage = 'CLOSED_WON', closed_at = p_now, stage_changed_at = p_now, updated_at = p_now
        WHERE tenant_id = p_tenant AND id = renewal.id;
      CALL contract_action(p_tenant, c.id, p_user, 'CONTRACT_RENEWED', coalesce(nullif(c.name, ''), 'Unnamed contract') || ' renewed', NULL);
      rolled := renewal.renewed_at;
      renewal := blank;
    END IF;

    IF ended THEN
      UPDATE opportunity SET internal_stage = 'CLOSED_LOST', closed_at = p_now, stage_changed_at = p_now, updated_at = p_now
        WHERE tenant_id = p_tenant AND id = renewal.id;
      renewal := blank;
    ELSIF c.length_in_months = 0 THEN
      UPDATE opportunity SET internal_stage = 'SUSPENDED', stage_changed_at = p_now, updated_at = p_now
        WHERE tenant_id = p_tenant AND id = renewal.id;
      renewal := blank;
    ELSIF p_cause <> 'LOST' THEN
      IF renewal.id IS NULL THEN
        fresh := true;
        UPDATE opportunity SET internal_stage = 'OPEN', stage_changed_at = p_now, updated_at = p_now
          WHERE tenant_id = p_tenant AND contract_id = c.id AND internal_stage = 'SUSPENDED' AND state = 'LIVE' RETURNING * INTO renewal;
        IF renewal.id IS NULL THEN
          INSERT INTO opportunity (tenant_id, id, contract_id, created_by_id, internal_type, currency, renewal_likelihood, stage_changed_at,
              created_at, updated_at)
            VALUES (p_tenant, time_ordered_id(), c.id, p_user, 'RENEWAL', currency, 'HIGH', p_now,
              p_now, p_now)
            RETURNING * INTO renewal;
        END IF;
      END IF;
      IF renewal.renewed_at IS NULL THEN
        begins := coalesce(rolled,
          (SELECT renewed_at FROM opportunity WHERE tenant_id = p_tenant AND contract_id = c.id AND internal_type = 'RENEWAL'
            AND internal_stage = 'CLOSED_WON' AND state = 'LIVE' AND renewed_at <= p_now ORDER BY renewed_at DESC LIMIT 1),
          c.service_started_at);
        renewal.renewed_at := next_renewal(begins, c.length_in_months, c.auto_renew, p_now);
        dated := renewal.renewed_at IS NOT NULL;
      END IF;

      IF p_cause = 'CONTRACT' OR dated THEN
        IF c.ended_at < renewal.renewed_at AND renewal.renewal_likelihood IS DISTINCT FROM 'ZERO' THEN
          renewal.renewal_likelihood := 'ZERO'; renewal.renewal_adjusted_rate := 0; rated := true;
        ELSIF renewal.renewal_likelihood = 'ZERO' AND renewal.renewed_at IS NOT NULL
          AND (c.ended_at IS NULL OR c.ended_at > renewal.renewed_at) THEN
          renewal.renewal_likelihood := 'MEDIUM'; renewal.renewal_adjusted_rate := 50; rated := true;
        END IF;
      END IF;

      total := figure(contract_max_arr(p_tenant, c.id, c.ended_at, p_now), currency, p_cause);
      IF p_cause NOT IN ('AMOUNT', 'TIME') OR fresh OR rated OR p_cause = 'TIME' AND total <> renewal.max_amount THEN
        renewal.max_amount := total;
        renewal.amount := figure(renewal_amount(total, renewal.renewal_adjusted_rate), currency, p_cause);
      END IF;
      UPDATE opportunity SET renewed_at = renewal.renewed_at, renewal_likelihood = renewal.renewal_likelihood,
          renewal_adjusted_rate = renewal.renewal_adjusted_rate, amount = renewal.amount, max_amount = renewal.max_amount, updated_at = p_now
        WHERE tenant_id = p_tenant AND id = renewal.id AND (renewed_at, renewal_likelihood, renewal_adjusted_rate, amount, max_amount)
          IS DISTINCT FROM (renewal.renewed_at, renewal.renewal_likelihood, renewal.renewal_adjusted_rate, renewal.amount, renewal.max_amount);
      IF rated THEN CALL renewal_likelihood_actions(p_tenant, ARRAY[c.id], NULL); END IF;
    END IF;

    reached := contract_status(c.ended_at, c.approved, c.service_started_at, c.auto_renew, renewal.renewed_at, p_now);
    worth := figure(contract_lifetime_value(p_tenant, c.id, reached, c.ended_at, p_now), currency, p_cause);
    UPDATE contract SET status = reached, lifetime_value = worth
      WHERE tenant_id = p_tenant AND id = c.id AND (status, lifetime_value) IS DISTINCT FROM (reached, worth);
    IF reached <> c.status THEN
      content := CASE reached WHEN 'LIVE' THEN ' is now live' WHEN 'ENDED' THEN ' has ended' WHEN 'OUT_OF_CONTRACT' THEN ' is now out of contract' END;
      content := coalesce(coalesce(nullif(c.name, ''), 'Unnamed contract') || content, '');
      CALL contract_action(p_tenant, c.id, p_user, 'CONTRACT_STATUS_UPDATED', content, jsonb_build_object(
        'status', reached, 'contract-name', coalesce(nullif(c.name, ''), 'Unnamed contract'), 'comment', content));
      IF reached = 'ENDED' THEN
        DELETE FROM invoice WHERE tenant_id = p_tenant AND contract_id = c.id AND preview;
        CALL organization_left(p_tenant, c.organization_id, p_now);
      END IF;
    END IF;
  END LOOP;
  CALL organization_figures_refresh(p_tenant, organizations, p_now, p_cause);
END $$;
