-- What follows from contracts: their status, their renewals, and what these come to. Everything takes the present as a parameter, so
-- that the same rules answer for any moment.

-- A UUID of version 7, for rows that the database makes itself. The part of the millisecond follows the milliseconds (RFC 9562, section
-- 6.2, method 3), so that what is made one after the other is in that order.
CREATE FUNCTION time_ordered_id() RETURNS uuid LANGUAGE sql VOLATILE PARALLEL SAFE AS $$
  SELECT encode(overlay(overlay(uuid_send(gen_random_uuid())
      PLACING substring(int8send(moment.microseconds / 1000) FROM 3) FROM 1 FOR 6)
    PLACING substring(int8send(28672 + moment.microseconds % 1000 * 4096 / 1000) FROM 7) FROM 7 FOR 2), 'hex')::uuid
  FROM (SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint AS microseconds OFFSET 0) moment
$$;

-- A day that the month does not have runs over into the next one: January 31 and one month is March 2 or 3.
CREATE FUNCTION months_later(p_from timestamptz, p_months integer) RETURNS timestamptz LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT (date_trunc('month', given.start) + make_interval(months => p_months) + (given.start - date_trunc('month', given.start)))
    AT TIME ZONE 'UTC'
  FROM (SELECT p_from AT TIME ZONE 'UTC' AS start) given
$$;

-- Full months from one moment to a later one; none when it is earlier.
CREATE FUNCTION months_between(p_from timestamptz, p_to timestamptz) RETURNS integer LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT greatest(0, (extract(year FROM b) - extract(year FROM a)) * 12 + extract(month FROM b) - extract(month FROM a)
    - (extract(day FROM b) < extract(day FROM a))::integer)::integer
  FROM (SELECT p_from AT TIME ZONE 'UTC' AS a, p_to AT TIME ZONE 'UTC' AS b) given
$$;

-- When a contract of a length is due for renewal: one length after its start, and with automatic renewal the first such date to come.
CREATE FUNCTION next_renewal(p_start timestamptz, p_months integer, p_automatic boolean, p_now timestamptz) RETURNS timestamptz
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE due timestamptz := p_start;
BEGIN
  IF p_start IS NULL OR p_months <= 0 THEN RETURN NULL; END IF;
  LOOP
    due := months_later(due, p_months);
    EXIT WHEN due > p_now OR NOT p_automatic;
  END LOOP;
  RETURN due;
END $$;

-- The states of a contract, the first that applies. The renewal is the active one.
CREATE FUNCTION contract_status(
  p_ended_at timestamptz, p_approved boolean, p_service_started_at timestamptz, p_auto_renew boolean, p_renewed_at timestamptz,
  p_now timestamptz) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE
    WHEN p_ended_at < p_now THEN 'ENDED'
    WHEN NOT p_approved THEN 'DRAFT'
    WHEN p_service_started_at IS NULL OR p_service_started_at > p_now THEN 'SCHEDULED'
    WHEN NOT p_auto_renew AND p_renewed_at < p_now THEN 'OUT_OF_CONTRACT'
    ELSE 'LIVE' END
$$;

-- What the services of a contract come to in a year: those that have begun and not ended. A contract with at most twelve months to
-- go comes to its part of the year.
CREATE FUNCTION contract_max_arr(p_tenant integer, p_contract uuid, p_ended_at timestamptz, p_now timestamptz) RETURNS numeric
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT round(CASE WHEN p_ended_at IS NULL OR months_between(p_now, p_ended_at) > 12 THEN year.amount
    ELSE year.amount * months_between(p_now, p_ended_at) / 12 END, 2)
  FROM (SELECT coalesce(sum(s.annual_amount), 0) AS amount FROM service_line_item s
    WHERE s.tenant_id = p_tenant AND s.contract_id = p_contract AND s.started_at <= p_now
      AND (s.ended_at IS NULL OR s.ended_at >= p_now)) year
$$;

CREATE FUNCTION renewal_amount(p_max_amount numeric, p_rate integer) RETURNS numeric LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT CASE p_rate WHEN 0 THEN 0 WHEN 100 THEN p_max_amount ELSE round(p_max_amount * p_rate / 100, 2) END
$$;

-- What a contract has brought in until now, by whole days: months of 30, quarters of 90, years of 365. All is added up in parts of
-- 6570 days, which all of them divide, so that the one division at the end is all that can lose anything.
CREATE FUNCTION contract_lifetime_value(
  p_tenant integer, p_contract uuid, p_status text, p_ended_at timestamptz, p_now timestamptz) RETURNS numeric
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT trunc(coalesce(sum(CASE
    WHEN s.started_at > p_now THEN 0
    WHEN s.billed = 'ONCE' THEN s.quantity * s.price * 6570
    WHEN s.recurring AND s.started_at <= until.day THEN s.quantity * s.price
      * (extract(epoch FROM until.day - s.started_at)::bigint / 86400)
      * CASE s.billed WHEN 'MONTHLY' THEN 219 WHEN 'QUARTERLY' THEN 73 ELSE 18 END
    ELSE 0 END), 0) / 6570, 2)
  FROM (SELECT date_trunc('day', p_now AT TIME ZONE 'UTC') AT TIME ZONE 'UTC' AS day) today
  CROSS JOIN service_line_item s
  CROSS JOIN LATERAL (SELECT least(s.ended_at, CASE WHEN p_ended_at < today.day THEN p_ended_at ELSE today.day END) AS day) until
  WHERE s.tenant_id = p_tenant AND s.contract_id = p_contract AND p_status IN ('LIVE', 'OUT_OF_CONTRACT', 'ENDED')
$$;

-- What one unit of a currency is worth in another, by the latest rates. A currency without a rate counts as the US dollar.
CREATE FUNCTION exchange_rate(p_from text, p_to text) RETURNS numeric LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN p_from = p_to THEN 1 ELSE latest_to.rate / latest_from.rate END
  FROM (SELECT coalesce((SELECT rate FROM currency_rate WHERE currency = p_from AND p_from <> 'USD' ORDER BY date DESC, provider LIMIT 1), 1)
      AS rate) latest_from
  CROSS JOIN (SELECT coalesce((SELECT rate FROM currency_rate WHERE currency = p_to AND p_to <> 'USD' ORDER BY date DESC, provider LIMIT 1), 1)
      AS rate) latest_to
$$;

CREATE FUNCTION base_currency(p_tenant integer) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT coalesce((SELECT base_currency FROM tenant_setting WHERE tenant_id = p_tenant), 'USD')
$$;

CREATE FUNCTION user_name(p_tenant integer, p_user uuid) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT coalesce(nullif(name, ''), nullif(trim(first_name || ' ' || last_name), '')) FROM app_user WHERE tenant_id = p_tenant AND id = p_user
$$;

DROP PROCEDURE renewal_refresh(integer, uuid[]);

-- What the contracts of organizations come to: the forecast and the next date of their renewals, the lifetime value and, once every
-- contract has ended, when the last one did. Values in several currencies are added up in the base currency of the tenant.
CREATE PROCEDURE renewal_refresh(p_tenant integer, p_organizations uuid[], p_now timestamptz DEFAULT now()) LANGUAGE sql AS $$
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
        ELSE (array_agg(c.currency ORDER BY c.created_at DESC, c.id DESC))[1] END AS currency,
      trunc(coalesce(CASE WHEN count(DISTINCT c.currency) FILTER (WHERE c.lifetime_value <> 0) > 1
        THEN sum(c.lifetime_value * exchange_rate(c.currency, base_currency(p_tenant)))
        ELSE sum(c.lifetime_value) END, 0), 2) AS lifetime_value
    FROM contract c WHERE c.tenant_id = p_tenant AND c.organization_id = given.id AND c.state = 'LIVE') contracts
  WHERE o.tenant_id = p_tenant AND o.id = given.id
    AND (o.renewal_arr, o.renewal_max_arr, o.next_renewal_at, o.renewal_likelihood, o.churned_at, o.lifetime_value, o.lifetime_value_currency)
      IS DISTINCT FROM (renewal.arr, renewal.max_arr, renewal.next_at, renewal.likelihood, contracts.churned_at, contracts.lifetime_value,
        contracts.currency);
$$;

-- Something that was done to a contract, on the timeline of its organization.
CREATE PROCEDURE contract_action(
  p_tenant integer, p_contract uuid, p_user uuid, p_type text, p_content text, p_metadata jsonb) LANGUAGE plpgsql AS $$
DECLARE event uuid := time_ordered_id();
BEGIN
  INSERT INTO timeline_event (tenant_id, id, kind) VALUES (p_tenant, event, 'ACTION');
  INSERT INTO action (tenant_id, id, contract_id, created_by_id, type, content, metadata)
    VALUES (p_tenant, event, p_contract, p_user, p_type, p_content, p_metadata);
  CALL timeline_refresh_event(p_tenant, event);
END $$;

-- Says of contracts what has become likely of their renewals.
CREATE PROCEDURE renewal_likelihood_actions(p_tenant integer, p_contracts uuid[], p_user uuid) LANGUAGE plpgsql AS $$
DECLARE renewal record;
BEGIN
  FOR renewal IN SELECT contract_id, renewal_likelihood, comments FROM active_renewal
      WHERE tenant_id = p_tenant AND contract_id = ANY (p_contracts) ORDER BY contract_id LOOP
    CALL contract_action(p_tenant, renewal.contract_id, p_user, 'RENEWAL_LIKELIHOOD_UPDATED',
      'Renewal likelihood set to ' || initcap(renewal.renewal_likelihood) || coalesce(' by ' || user_name(p_tenant, p_user), ''),
      jsonb_build_object('likelihood', renewal.renewal_likelihood, 'reason', renewal.comments));
  END LOOP;
END $$;

-- An organization without any contract that goes on is a customer no more.
CREATE PROCEDURE organization_left(p_tenant integer, p_organization uuid, p_now timestamptz) LANGUAGE sql AS $$
  UPDATE organization o SET relationship = 'FORMER_CUSTOMER', stage = 'TARGET', updated_at = p_now,
    stage_changed_at = CASE WHEN o.stage IS DISTINCT FROM 'TARGET' THEN p_now ELSE o.stage_changed_at END
  WHERE o.tenant_id = p_tenant AND o.id = p_organization
    AND (o.relationship, o.stage) IS DISTINCT FROM ('FORMER_CUSTOMER', 'TARGET')
    AND NOT EXISTS (SELECT FROM contract c WHERE c.tenant_id = p_tenant AND c.organization_id = p_organization AND c.state = 'LIVE'
      AND c.status NOT IN ('DRAFT', 'ENDED'));
$$;

-- Brings contracts, their renewals and their organizations up to what follows from them, in this order: due renewals, which renewal is
-- active, its date, its likelihood, its amounts, the status, the lifetime value, the organization. Whoever calls it has locked the
-- organizations and then the contracts, each by id. p_cause says what has changed:
--   CONTRACT  the contract itself
--   ITEMS     its services
--   RENEWAL   likelihood or rate of its renewal
--   AMOUNT    the amount of its renewal, which stays
--   ROLL      its renewal is due and decided: it is won, and the next one begins
--   TIME      nothing but the time
CREATE PROCEDURE contract_refresh(p_tenant integer, p_contracts uuid[], p_cause text, p_user uuid, p_now timestamptz DEFAULT now())
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
    ELSE
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

-- Jobs: what time alone changes. One row for each says when it ran last.
CREATE TABLE job (
  name text COLLATE "C" PRIMARY KEY, started_at timestamptz NOT NULL, finished_at timestamptz, changed bigint, failed boolean NOT NULL DEFAULT false);

-- Whether the caller is to run the job now. Of several servers that ask at the same time one is told so.
CREATE FUNCTION job_begin(p_name text, p_every interval) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO job (name, started_at) VALUES (p_name, clock_timestamp())
    ON CONFLICT (name) DO UPDATE SET started_at = clock_timestamp(), finished_at = NULL, changed = NULL, failed = false
    WHERE job.started_at <= clock_timestamp() - p_every;
  RETURN FOUND;
END $$;

-- The next contracts, in the order of tenants and ids, that have become something else by time. It gives the place of the last one,
-- from which the next call goes on, or null at the end. Two never work at the same time: the second is told that it is busy.
CREATE FUNCTION job_contracts(p_after text, p_now timestamptz DEFAULT now(), p_limit integer DEFAULT 100)
RETURNS TABLE (place text, changed bigint, busy boolean) LANGUAGE plpgsql SET timezone TO 'UTC' AS $$
DECLARE tenants integer[]; organizations uuid[]; contracts uuid[]; own uuid[]; one integer;
BEGIN
  IF NOT pg_try_advisory_xact_lock(hashtextextended('job', 1)) THEN RETURN QUERY SELECT NULL::text, 0::bigint, true; RETURN; END IF;
  SELECT array_agg(due.tenant_id ORDER BY due.tenant_id, due.id), array_agg(due.organization_id ORDER BY due.tenant_id, due.id),
      array_agg(due.id ORDER BY due.tenant_id, due.id) INTO tenants, organizations, contracts
  FROM (
    SELECT c.tenant_id, c.organization_id, c.id
    FROM contract c JOIN organization o ON o.tenant_id = c.tenant_id AND o.id = c.organization_id
      LEFT JOIN active_renewal r ON r.tenant_id = c.tenant_id AND r.contract_id = c.id
    WHERE c.state = 'LIVE'
      AND (p_after = '' OR (c.tenant_id, c.id) > (split_part(p_after, '/', 1)::integer, split_part(p_after, '/', 2)::uuid))
      AND (c.status <> contract_status(c.ended_at, c.approved, c.service_started_at, c.auto_renew, r.renewed_at, p_now)
        OR c.lifetime_value <> contract_lifetime_value(c.tenant_id, c.id, c.status, c.ended_at, p_now)
        OR o.next_renewal_at <= p_now
        OR r.id IS NOT NULL AND (c.length_in_months = 0 OR c.ended_at < p_now)
        OR c.length_in_months > 0 AND (c.ended_at IS NULL OR c.ended_at >= p_now) AND (r.id IS NULL
          OR r.renewed_at IS NULL AND c.service_started_at IS NOT NULL
          OR r.renewed_at::date <= p_now::date AND (c.auto_renew OR r.renewal_approved) AND c.status IN ('LIVE', 'OUT_OF_CONTRACT', 'SCHEDULED')
          OR r.max_amount <> contract_max_arr(c.tenant_id, c.id, c.ended_at, p_now)))
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
