-- One set of rules for what a value may be, whoever brings it: docs/values.md. Rows from before the rules are brought to the nearest value
-- that is allowed, and counted.
CREATE TABLE migration_note (
  migration integer NOT NULL, note text NOT NULL, "rows" bigint NOT NULL, PRIMARY KEY (migration, note));

-- MARK: Times

-- Moments and days are in the years 1 to 9999 of UTC. A column gets a domain without constraint at no cost, since nothing is written anew; the
-- constraint that comes afterwards reads every table once.
CREATE DOMAIN moment AS timestamptz;
CREATE DOMAIN calendar_day AS date;

DO $$
DECLARE
  earliest CONSTANT timestamptz := '0001-01-01T00:00:00Z';
  latest CONSTANT timestamptz := '9999-12-31T23:59:59.999999Z';
  view_ record; table_ record; column_ record;
  views text[] := '{}'; conditions text; assignments text; changes bigint;
BEGIN
  -- What stands on a column must go before its type changes. Views are made again in the order in which they were made.
  FOR view_ IN SELECT c.oid::regclass::text AS name, pg_get_viewdef(c.oid) AS text FROM pg_class c
      WHERE c.relkind = 'v' AND c.relnamespace = current_schema()::regnamespace ORDER BY c.oid LOOP
    views := views || format('CREATE VIEW %s AS %s', view_.name, view_.text);
  END LOOP;
  FOR view_ IN SELECT c.oid::regclass::text AS name FROM pg_class c
      WHERE c.relkind = 'v' AND c.relnamespace = current_schema()::regnamespace ORDER BY c.oid DESC LOOP
    EXECUTE format('DROP VIEW %s', view_.name);
  END LOOP;
  ALTER TABLE timeline_event DROP COLUMN occurred_at;

  FOR table_ IN
    SELECT c.oid::regclass AS name, string_agg(format('ALTER COLUMN %I TYPE %s', a.attname,
        CASE a.atttypid WHEN 'date'::regtype THEN 'calendar_day' ELSE 'moment' END), ', ' ORDER BY a.attnum) AS changes
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace AND a.atttypid IN ('timestamptz'::regtype, 'date'::regtype)
    GROUP BY c.oid ORDER BY c.oid
  LOOP
    FOR column_ IN SELECT a.attname AS name, a.atttypid = 'date'::regtype AS is_day FROM pg_attribute a
        WHERE a.attrelid = table_.name AND a.attnum > 0 AND NOT a.attisdropped AND a.atttypid IN ('timestamptz'::regtype, 'date'::regtype) LOOP
      conditions := CASE WHEN column_.is_day THEN format('%1$I < %2$L::date OR %1$I > %3$L::date', column_.name, '0001-01-01', '9999-12-31')
        ELSE format('%1$I < %2$L::timestamptz OR %1$I > %3$L::timestamptz', column_.name, earliest, latest) END;
      assignments := CASE WHEN column_.is_day THEN format('%1$I = least(greatest(%1$I, %2$L::date), %3$L::date)', column_.name, '0001-01-01', '9999-12-31')
        ELSE format('%1$I = least(greatest(%1$I, %2$L::timestamptz), %3$L::timestamptz)', column_.name, earliest, latest) END;
      EXECUTE format('UPDATE %s SET %s WHERE %s', table_.name, assignments, conditions);
      GET DIAGNOSTICS changes = ROW_COUNT;
      IF changes > 0 THEN
        INSERT INTO migration_note VALUES (96, format('%s.%s brought to the years 1 to 9999', table_.name, column_.name), changes);
      END IF;
    END LOOP;
    -- Triggers that the change has set off must have run before the table is altered.
    SET CONSTRAINTS ALL IMMEDIATE;
    EXECUTE format('ALTER TABLE %s %s', table_.name, table_.changes);
  END LOOP;

  ALTER TABLE timeline_event ADD COLUMN occurred_at moment GENERATED ALWAYS AS (coalesce(started_at, created_at)) STORED;
  FOR place IN 1..cardinality(views) LOOP EXECUTE views[place]; END LOOP;
END $$;

ALTER DOMAIN moment ADD CONSTRAINT moment_in_range
  CHECK (VALUE >= '0001-01-01T00:00:00Z'::timestamptz AND VALUE <= '9999-12-31T23:59:59.999999Z'::timestamptz);
ALTER DOMAIN calendar_day ADD CONSTRAINT calendar_day_in_range CHECK (VALUE >= '0001-01-01'::date AND VALUE <= '9999-12-31'::date);

-- MARK: Numbers

DO $$
DECLARE
  rule record; changes bigint;
BEGIN
  FOR rule IN SELECT * FROM (VALUES
    ('organization', 'employees', '0', '10000000'), ('organization', 'year_founded', '0', '9999'),
    ('opportunity', 'likelihood_rate', '0', '100'), ('opportunity_stage', 'likelihood_rate', '0', '100'),
    ('contract', 'billing_cycle_in_months', '0', '1200'),
    ('service_line_item', 'quantity', '0', '1000000000'), ('service_line_item', 'vat_rate', '0', '100'),
    ('service_line_item', 'price', '-1000000000000', '1000000000000'), ('sku', 'price', '-1000000000000', '1000000000000'),
    ('attachment', 'size', '0', '9007199254740991'),
    ('location', 'latitude', '-90', '90'), ('location', 'longitude', '-180', '180'), ('location', 'utc_offset', '-14', '14'))
    bound (records, member, least, greatest)
  LOOP
    EXECUTE format('UPDATE %1$I SET %2$I = least(greatest(%2$I, %3$s), %4$s) WHERE %2$I < %3$s OR %2$I > %4$s',
      rule.records, rule.member, rule.least, rule.greatest);
    GET DIAGNOSTICS changes = ROW_COUNT;
    IF changes > 0 THEN
      INSERT INTO migration_note VALUES (96, format('%s.%s brought to %s to %s', rule.records, rule.member, rule.least, rule.greatest), changes);
    END IF;
    EXECUTE format('ALTER TABLE %1$I ADD CONSTRAINT %2$I CHECK (%3$I BETWEEN %4$s AND %5$s)',
      rule.records, rule.records || '_' || rule.member || '_in_bounds', rule.member, rule.least, rule.greatest);
  END LOOP;
END $$;

ALTER TABLE contract DROP CONSTRAINT contract_due_days_check, ADD CONSTRAINT contract_due_days_in_bounds CHECK (due_days BETWEEN 0 AND 3650);

-- MARK: Amounts

-- What a migration must do to rows that were there, and how many there were.
DO $$
DECLARE
  correction record; changes bigint;
BEGIN
  FOR correction IN SELECT * FROM (VALUES
    ('negative prices of services that are not billed once brought to 0',
      $sql$UPDATE service_line_item SET price = 0 WHERE price < 0 AND billed <> 'ONCE'$sql$),
    ('quantities of services that would cost more than 10^15 a year made smaller',
      $sql$UPDATE service_line_item SET quantity = trunc(1000000000000000 / (abs(price) * CASE billed WHEN 'MONTHLY' THEN 12 WHEN 'QUARTERLY' THEN 4 ELSE 1 END))
        WHERE annual_amount NOT BETWEEN -1000000000000000 AND 1000000000000000$sql$),
    ('negative prices of products that are not paid one time brought to 0',
      $sql$UPDATE sku SET price = 0 WHERE price < 0 AND type <> 'ONE_TIME'$sql$),
    ('amounts of opportunities brought to -10^12 to 10^12 and two decimals',
      $sql$UPDATE opportunity SET amount = round(least(greatest(amount, -1000000000000), 1000000000000), 2),
        max_amount = round(least(greatest(max_amount, -1000000000000), 1000000000000), 2)
        WHERE internal_type <> 'RENEWAL' AND (amount NOT BETWEEN -1000000000000 AND 1000000000000 OR amount <> round(amount, 2)
          OR max_amount NOT BETWEEN -1000000000000 AND 1000000000000 OR max_amount <> round(max_amount, 2))$sql$),
    ('amounts of renewals brought to -10^15 to 10^15 and two decimals',
      $sql$UPDATE opportunity SET amount = round(least(greatest(amount, -1000000000000000), 1000000000000000), 2),
        max_amount = round(least(greatest(max_amount, -1000000000000000), 1000000000000000), 2)
        WHERE internal_type = 'RENEWAL' AND (amount NOT BETWEEN -1000000000000000 AND 1000000000000000 OR amount <> round(amount, 2)
          OR max_amount NOT BETWEEN -1000000000000000 AND 1000000000000000 OR max_amount <> round(max_amount, 2))$sql$),
    ('values of contracts brought to -10^15 to 10^15',
      $sql$UPDATE contract SET lifetime_value = least(greatest(lifetime_value, -1000000000000000), 1000000000000000)
        WHERE lifetime_value NOT BETWEEN -1000000000000000 AND 1000000000000000$sql$),
    ('figures of organizations brought to -10^15 to 10^15',
      $sql$UPDATE organization SET lifetime_value = least(greatest(lifetime_value, -1000000000000000), 1000000000000000),
        renewal_arr = least(greatest(renewal_arr, -1000000000000000), 1000000000000000),
        renewal_max_arr = least(greatest(renewal_max_arr, -1000000000000000), 1000000000000000)
        WHERE lifetime_value NOT BETWEEN -1000000000000000 AND 1000000000000000 OR renewal_arr NOT BETWEEN -1000000000000000 AND 1000000000000000
          OR renewal_max_arr NOT BETWEEN -1000000000000000 AND 1000000000000000$sql$))
    entry (note, statement)
  LOOP
    EXECUTE correction.statement;
    GET DIAGNOSTICS changes = ROW_COUNT;
    IF changes > 0 THEN INSERT INTO migration_note VALUES (96, correction.note, changes); END IF;
  END LOOP;
  SET CONSTRAINTS ALL IMMEDIATE;
END $$;

ALTER TABLE service_line_item
  ADD CONSTRAINT service_line_item_price_sign_in_bounds CHECK (price >= 0 OR billed = 'ONCE'),
  ADD CONSTRAINT service_line_item_annual_amount_computed CHECK (annual_amount BETWEEN -1000000000000000 AND 1000000000000000);
ALTER TABLE sku ADD CONSTRAINT sku_price_sign_in_bounds CHECK (price >= 0 OR type = 'ONE_TIME');
ALTER TABLE opportunity
  ADD CONSTRAINT opportunity_amount_in_bounds CHECK (internal_type = 'RENEWAL' OR amount BETWEEN -1000000000000 AND 1000000000000),
  ADD CONSTRAINT opportunity_max_amount_in_bounds CHECK (internal_type = 'RENEWAL' OR max_amount BETWEEN -1000000000000 AND 1000000000000),
  ADD CONSTRAINT opportunity_amount_has_cents CHECK (amount = round(amount, 2) AND max_amount = round(max_amount, 2)),
  ADD CONSTRAINT opportunity_amount_computed CHECK (amount BETWEEN -1000000000000000 AND 1000000000000000),
  ADD CONSTRAINT opportunity_max_amount_computed CHECK (max_amount BETWEEN -1000000000000000 AND 1000000000000000);
ALTER TABLE contract ADD CONSTRAINT contract_lifetime_value_computed CHECK (lifetime_value BETWEEN -1000000000000000 AND 1000000000000000);
ALTER TABLE organization
  ADD CONSTRAINT organization_lifetime_value_computed CHECK (lifetime_value BETWEEN -1000000000000000 AND 1000000000000000),
  ADD CONSTRAINT organization_renewal_arr_computed CHECK (renewal_arr BETWEEN -1000000000000000 AND 1000000000000000),
  ADD CONSTRAINT organization_renewal_max_arr_computed CHECK (renewal_max_arr BETWEEN -1000000000000000 AND 1000000000000000);

-- A computed figure as it is stored: with the decimals of its currency. What a change would bring beyond 10^15 is left to the constraints,
-- which refuse the change; when nothing but time goes by there is nothing to refuse, and the figure stays at the bound.
CREATE FUNCTION figure(p_value numeric, p_currency text, p_cause text) RETURNS numeric LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN p_cause = 'TIME' THEN least(greatest(given.value, -1000000000000000), 1000000000000000) ELSE given.value END
  FROM (SELECT CASE WHEN p_currency IN ('JPY', 'KRW') THEN round(p_value) ELSE p_value END AS value) given
$$;

-- What organizations come to, by their contracts. Values in one currency keep it, whatever the newest contract is in. Where values are exchanged, what a division leaves behind the
-- eighth decimal must not cost a cent.
CREATE PROCEDURE organization_figures_refresh(p_tenant integer, p_organizations uuid[], p_now timestamptz, p_cause text) LANGUAGE sql AS $$
  UPDATE organization o SET renewal_arr = renewal.arr, renewal_max_arr = renewal.max_arr, next_renewal_at = renewal.next_at,
    renewal_likelihood = renewal.likelihood, churned_at = contracts.churned_at, lifetime_value = contracts.lifetime_value,
    lifetime_value_currency = contracts.currency
  FROM unnest(p_organizations) given (id)
  CROSS JOIN LATERAL (
    SELECT figure(coalesce(sum(r.amount), 0), 'USD', p_cause) AS arr, figure(coalesce(sum(r.max_amount), 0), 'USD', p_cause) AS max_arr,
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
      figure(trunc(coalesce(CASE WHEN count(DISTINCT c.currency) FILTER (WHERE c.lifetime_value <> 0) > 1
        THEN round(sum(c.lifetime_value * currency_units(base_currency(p_tenant)) / currency_units(c.currency)), 8)
        ELSE sum(c.lifetime_value) END, 0), 2), 'USD', p_cause) AS lifetime_value
    FROM contract c WHERE c.tenant_id = p_tenant AND c.organization_id = given.id AND c.state = 'LIVE') contracts
  WHERE o.tenant_id = p_tenant AND o.id = given.id
    AND (o.renewal_arr, o.renewal_max_arr, o.next_renewal_at, o.renewal_likelihood, o.churned_at, o.lifetime_value, o.lifetime_value_currency)
      IS DISTINCT FROM (renewal.arr, renewal.max_arr, renewal.next_at, renewal.likelihood, contracts.churned_at, contracts.lifetime_value,
        contracts.currency);
$$;

CREATE OR REPLACE PROCEDURE renewal_refresh(p_tenant integer, p_organizations uuid[], p_now timestamptz DEFAULT now()) LANGUAGE sql AS $$
  CALL organization_figures_refresh(p_tenant, p_organizations, p_now, 'CONTRACT');
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

-- The next contracts, in the order of tenants and ids, that have become something else by time. It gives the place of the last one,
-- from which the next call goes on, or null at the end. Two never work at the same time: the second is told that it is busy.
CREATE OR REPLACE FUNCTION job_contracts(p_after text, p_now timestamptz DEFAULT now(), p_limit integer DEFAULT 100)
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
