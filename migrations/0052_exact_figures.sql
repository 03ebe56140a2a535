-- Figures of contracts that are exact whatever their size, and renewals that fall into a year that can be written.

-- A date that no client could read is none: whoever asks for it is told so.
CREATE OR REPLACE FUNCTION next_renewal(p_start timestamptz, p_months integer, p_automatic boolean, p_now timestamptz) RETURNS timestamptz
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE due timestamptz := p_start;
BEGIN
  IF p_start IS NULL OR p_months <= 0 THEN RETURN NULL; END IF;
  LOOP
    due := months_later(due, p_months);
    EXIT WHEN due > p_now OR NOT p_automatic;
  END LOOP;
  IF due >= '10000-01-01T00:00Z' THEN
    RAISE EXCEPTION 'the renewal falls after the year 9999' USING ERRCODE = 'datetime_field_overflow';
  END IF;
  RETURN due;
END $$;

-- A quotient that is rounded twice may come out a cent off, so the part of a year is divided in whole numbers: half a cent away from zero.
CREATE OR REPLACE FUNCTION contract_max_arr(p_tenant integer, p_contract uuid, p_ended_at timestamptz, p_now timestamptz) RETURNS numeric
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN p_ended_at IS NULL OR months_between(p_now, p_ended_at) > 12 THEN round(year.amount, 2)
    ELSE div(year.amount * months_between(p_now, p_ended_at) * 200 + 12, 24) * 0.01 END
  FROM (SELECT coalesce(sum(s.annual_amount), 0) AS amount FROM service_line_item s
    WHERE s.tenant_id = p_tenant AND s.contract_id = p_contract AND s.started_at <= p_now
      AND (s.ended_at IS NULL OR s.ended_at >= p_now)) year
$$;

CREATE OR REPLACE FUNCTION renewal_amount(p_max_amount numeric, p_rate integer) RETURNS numeric
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT CASE p_rate WHEN 0 THEN 0 WHEN 100 THEN p_max_amount ELSE round(p_max_amount * p_rate * 0.01, 2) END
$$;

CREATE OR REPLACE FUNCTION contract_lifetime_value(
  p_tenant integer, p_contract uuid, p_status text, p_ended_at timestamptz, p_now timestamptz) RETURNS numeric
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT div(coalesce(sum(CASE
    WHEN s.started_at > p_now THEN 0
    WHEN s.billed = 'ONCE' THEN s.quantity * s.price * 6570
    WHEN s.recurring AND s.started_at <= until.day THEN s.quantity * s.price
      * (extract(epoch FROM until.day - s.started_at)::bigint / 86400)
      * CASE s.billed WHEN 'MONTHLY' THEN 219 WHEN 'QUARTERLY' THEN 73 ELSE 18 END
    ELSE 0 END), 0) * 100, 6570) * 0.01
  FROM (SELECT date_trunc('day', p_now AT TIME ZONE 'UTC') AT TIME ZONE 'UTC' AS day) today
  CROSS JOIN service_line_item s
  CROSS JOIN LATERAL (SELECT least(s.ended_at, CASE WHEN p_ended_at < today.day THEN p_ended_at ELSE today.day END) AS day) until
  WHERE s.tenant_id = p_tenant AND s.contract_id = p_contract AND p_status IN ('LIVE', 'OUT_OF_CONTRACT', 'ENDED')
$$;

-- Units of a currency for one US dollar, by the latest rate; 1 where none is known.
CREATE FUNCTION currency_units(p_currency text) RETURNS numeric LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT coalesce((SELECT rate FROM currency_rate WHERE currency = p_currency AND p_currency <> 'USD' ORDER BY date DESC, provider LIMIT 1), 1)
$$;

CREATE OR REPLACE FUNCTION exchange_rate(p_from text, p_to text) RETURNS numeric LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN p_from = p_to THEN 1 ELSE currency_units(p_to) / currency_units(p_from) END
$$;

-- Values in one currency keep it, whatever the newest contract is in. Where values are exchanged, what a division leaves behind the
-- eighth decimal must not cost a cent.
CREATE OR REPLACE PROCEDURE renewal_refresh(p_tenant integer, p_organizations uuid[], p_now timestamptz DEFAULT now()) LANGUAGE sql AS $$
  UPDATE organization o SET renewal_arr = renewal.arr, renewal_max_arr = renewal.max_arr, next_renewal_at = renewal.next_at,
    renewal_likelihood = renewal.likelihood, churned_at = contracts.churned_at, lifetime_value = contracts.lifetime_value,
    lifetime_value_currency = contracts.currency
  FROM unnest(p_organizations) given (id)
  CROSS JOIN LATERAL (
    SELECT coalesce(sum(r.amount), 0) AS arr, coalesce(sum(r.max_amount), 0) AS max_arr,
      min(r.renewed_at) FILTER (WHERE r.renewed_at > p_now) AS next_at,
      (ARRAY['ZERO', 'LOW', 'MEDIUM', 'HIGH'])[min(array_position(ARRAY['ZERO', 'LOW', 'MEDIUM', 'HIGH'], r.renewal_likelihood))] AS likelihood
    FROM contract c JOIN active_renewal r ON r.tenant_id = c.tenant_id AND r.contract_id = c.id
    WHERE c.tenant_id = p_tenant AND c.organization_id = given.id AND c.state = 'LIVE' AND c.status <> 'DRAFT') renewal
  CROSS JOIN LATERAL (
    SELECT CASE WHEN bool_and(c.status = 'ENDED') FILTER (WHERE c.status <> 'DRAFT') THEN
        max(c.ended_at) FILTER (WHERE c.status = 'ENDED') END AS churned_at,
      CASE WHEN count(DISTINCT c.currency) FILTER (WHERE c.lifetime_value <> 0) > 1 THEN base_currency(p_tenant)
        ELSE coalesce((array_agg(c.currency ORDER BY c.created_at DESC, c.id DESC) FILTER (WHERE c.lifetime_value <> 0))[1],
          (array_agg(c.currency ORDER BY c.created_at DESC, c.id DESC))[1]) END AS currency,
      trunc(coalesce(CASE WHEN count(DISTINCT c.currency) FILTER (WHERE c.lifetime_value <> 0) > 1
        THEN round(sum(c.lifetime_value * currency_units(base_currency(p_tenant)) / currency_units(c.currency)), 8)
        ELSE sum(c.lifetime_value) END, 0), 2) AS lifetime_value
    FROM contract c WHERE c.tenant_id = p_tenant AND c.organization_id = given.id AND c.state = 'LIVE') contracts
  WHERE o.tenant_id = p_tenant AND o.id = given.id
    AND (o.renewal_arr, o.renewal_max_arr, o.next_renewal_at, o.renewal_likelihood, o.churned_at, o.lifetime_value, o.lifetime_value_currency)
      IS DISTINCT FROM (renewal.arr, renewal.max_arr, renewal.next_at, renewal.likelihood, contracts.churned_at, contracts.lifetime_value,
        contracts.currency);
$$;

-- Brings contracts, their renewals and their organizations up to what follows from them, in this order: due renewals, which renewal is
-- active, its date, its likelihood, its amounts, the status, the lifetime value, the organization. Whoever calls it has locked the
-- organizations and then the contracts, each by id. p_cause says what has changed:
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
  begins timestamptz; rolled timestamptz; total numeric; reached text; worth numeric; content text;
  organizations uuid[] := '{}';
BEGIN
  FOR c IN SELECT * FROM contract WHERE tenant_id = p_tenant AND id = ANY (p_contracts) AND state = 'LIVE' ORDER BY id FOR NO KEY UPDATE LOOP
    IF c.organization_id <> ALL (organizations) THEN organizations := organizations || c.organization_id; END IF;
    ended := coalesce(c.ended_at < p_now, false);
    dated := false; rated := false; fresh := false; rolled := NULL;
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
            VALUES (p_tenant, time_ordered_id(), c.id, p_user, 'RENEWAL', coalesce(c.currency, base_currency(p_tenant)), 'HIGH', p_now,
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

      total := contract_max_arr(p_tenant, c.id, c.ended_at, p_now);
      IF p_cause NOT IN ('AMOUNT', 'TIME') OR fresh OR rated OR p_cause = 'TIME' AND total <> renewal.max_amount THEN
        renewal.max_amount := total;
        renewal.amount := renewal_amount(total, renewal.renewal_adjusted_rate);
      END IF;
      UPDATE opportunity SET renewed_at = renewal.renewed_at, renewal_likelihood = renewal.renewal_likelihood,
          renewal_adjusted_rate = renewal.renewal_adjusted_rate, amount = renewal.amount, max_amount = renewal.max_amount, updated_at = p_now
        WHERE tenant_id = p_tenant AND id = renewal.id AND (renewed_at, renewal_likelihood, renewal_adjusted_rate, amount, max_amount)
          IS DISTINCT FROM (renewal.renewed_at, renewal.renewal_likelihood, renewal.renewal_adjusted_rate, renewal.amount, renewal.max_amount);
      IF rated THEN CALL renewal_likelihood_actions(p_tenant, ARRAY[c.id], NULL); END IF;
    END IF;

    reached := contract_status(c.ended_at, c.approved, c.service_started_at, c.auto_renew, renewal.renewed_at, p_now);
    worth := contract_lifetime_value(p_tenant, c.id, reached, c.ended_at, p_now);
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
  CALL renewal_refresh(p_tenant, organizations, p_now);
END $$;
