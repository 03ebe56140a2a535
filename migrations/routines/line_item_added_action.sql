-- Records a new service. One that is never billed is not worth an entry.
CREATE OR REPLACE PROCEDURE line_item_added_action(p_tenant integer, p_item uuid, p_user uuid) LANGUAGE plpgsql AS $$
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
