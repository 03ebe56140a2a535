-- Records that a version was corrected retroactively: p_price and p_quantity are the values before.
CREATE OR REPLACE PROCEDURE line_item_corrected_actions(p_tenant integer, p_item uuid, p_user uuid, p_price numeric, p_quantity bigint)
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
