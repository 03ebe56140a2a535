-- What is done to the services of contracts, in words, on the timeline of the organization.

CREATE FUNCTION billing_period(p_billed text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE p_billed WHEN 'MONTHLY' THEN 'month' WHEN 'QUARTERLY' THEN 'quarter' WHEN 'ANNUALLY' THEN 'year' END
$$;

-- "Maya added …", or "Added …" when nobody is known to have done it.
CREATE FUNCTION told(p_tenant integer, p_user uuid, p_deed text) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT coalesce(user_name(p_tenant, p_user) || ' ' || p_deed, upper(left(p_deed, 1)) || substr(p_deed, 2))
$$;

-- A new service. One that is billed never is not worth a word.
CREATE PROCEDURE line_item_added_action(p_tenant integer, p_item uuid, p_user uuid) LANGUAGE plpgsql AS $$
DECLARE i service_line_item; contract_name text; service_name text; type text; deed text;
BEGIN
  SELECT * INTO i FROM service_line_item WHERE tenant_id = p_tenant AND id = p_item;
  SELECT coalesce(nullif(name, ''), 'Unnamed contract') INTO contract_name FROM contract WHERE tenant_id = p_tenant AND id = i.contract_id;
  service_name := coalesce(nullif(i.name, ''), 'Unnamed service');
  IF i.recurring THEN
    type := 'SERVICE_LINE_ITEM_BILLED_TYPE_RECURRING_CREATED';
    deed := format('added a recurring service to %s: %s at %s x %s/%s', contract_name, service_name, i.quantity, round(i.price, 2),
      billing_period(i.billed));
  ELSIF i.billed = 'ONCE' THEN
    type := 'SERVICE_LINE_ITEM_BILLED_TYPE_ONCE_CREATED';
    deed := format('added a one time service to %s: %s at %s', contract_name, service_name, round(i.price, 2));
  ELSIF i.billed = 'USAGE' THEN
    type := 'SERVICE_LINE_ITEM_BILLED_TYPE_USAGE_CREATED';
    deed := format('added a per use service to %s: %s at %s', contract_name, service_name, round(i.price, 4));
  ELSE
    RETURN;
  END IF;
  CALL contract_action(p_tenant, i.contract_id, p_user, type, told(p_tenant, p_user,
    deed || ' starting with ' || to_char(i.started_at AT TIME ZONE 'UTC', 'YYYY-MM-DD')), NULL);
END $$;

-- A version that was corrected as if it had always been so: p_price and p_quantity are what they were.
CREATE PROCEDURE line_item_corrected_actions(p_tenant integer, p_item uuid, p_user uuid, p_price numeric, p_quantity bigint)
LANGUAGE plpgsql AS $$
DECLARE i service_line_item; service_name text; period text;
BEGIN
  SELECT * INTO i FROM service_line_item WHERE tenant_id = p_tenant AND id = p_item;
  service_name := coalesce(nullif(i.name, ''), 'Unnamed service');
  period := coalesce('/' || billing_period(i.billed), '');
  IF i.price <> p_price THEN
    CALL contract_action(p_tenant, i.contract_id, p_user, 'SERVICE_LINE_ITEM_PRICE_UPDATED', told(p_tenant, p_user, format(
      'retroactively %s the price for %s from %s%s to %s%s', CASE WHEN i.price > p_price THEN 'increased' ELSE 'decreased' END, service_name,
      round(p_price, 2), period, round(i.price, 2), period)), NULL);
  END IF;
  IF i.quantity <> p_quantity THEN
    CALL contract_action(p_tenant, i.contract_id, p_user, 'SERVICE_LINE_ITEM_QUANTITY_UPDATED', told(p_tenant, p_user, format(
      'retroactively %s the quantity for %s from %s%s to %s%s', CASE WHEN i.quantity > p_quantity THEN 'increased' ELSE 'decreased' END,
      service_name, p_quantity, period, i.quantity, period)), NULL);
  END IF;
END $$;

-- Before it is removed.
CREATE PROCEDURE line_item_removed_action(p_tenant integer, p_item uuid, p_user uuid) LANGUAGE plpgsql AS $$
DECLARE i service_line_item; contract_name text;
BEGIN
  SELECT * INTO i FROM service_line_item WHERE tenant_id = p_tenant AND id = p_item;
  SELECT coalesce(nullif(name, ''), 'Unnamed contract') INTO contract_name FROM contract WHERE tenant_id = p_tenant AND id = i.contract_id;
  CALL contract_action(p_tenant, i.contract_id, p_user, 'SERVICE_LINE_ITEM_REMOVED',
    told(p_tenant, p_user, format('removed %s from %s', coalesce(nullif(i.name, ''), 'Unnamed service'), contract_name)), NULL);
END $$;

-- After the base currency of a tenant has changed: what is added up in it.
CREATE PROCEDURE base_currency_changed(p_tenant integer) LANGUAGE plpgsql AS $$
DECLARE organizations uuid[];
BEGIN
  SELECT array_agg(id) INTO organizations FROM (
    SELECT o.id FROM organization o WHERE o.tenant_id = p_tenant AND o.id IN (
      SELECT organization_id FROM contract WHERE tenant_id = p_tenant AND state = 'LIVE' GROUP BY 1 HAVING count(DISTINCT currency) > 1)
    ORDER BY o.id FOR NO KEY UPDATE) locked;
  CALL renewal_refresh(p_tenant, coalesce(organizations, '{}'));
END $$;
