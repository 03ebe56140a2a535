-- Records that a service is removed. Call it before the removal.
CREATE OR REPLACE PROCEDURE line_item_removed_action(p_tenant integer, p_item uuid, p_user uuid) LANGUAGE plpgsql AS $$
DECLARE i service_line_item; contract_name text;
BEGIN
  SELECT * INTO i FROM service_line_item WHERE tenant_id = p_tenant AND id = p_item;
  SELECT coalesce(nullif(name, ''), 'Unnamed contract') INTO contract_name FROM contract WHERE tenant_id = p_tenant AND id = i.contract_id;
  CALL contract_action(p_tenant, i.contract_id, p_user, 'SERVICE_LINE_ITEM_REMOVED',
    told(p_tenant, p_user, format('removed %s from %s', coalesce(nullif(i.name, ''), 'Unnamed service'), contract_name)), NULL);
END $$;
