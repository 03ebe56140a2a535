-- Records on the timeline of the organization what happened to an invoice. Rehearsals, and invoices for nothing, are
-- not worth an entry, and each kind of entry is made once.
CREATE OR REPLACE FUNCTION invoice_action(p_tenant integer, p_invoice uuid, p_user uuid, p_type text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE v invoice; event uuid := time_ordered_id(); content text; amount text;
BEGIN
  SELECT * INTO v FROM invoice WHERE tenant_id = p_tenant AND id = p_invoice;
  IF v.dry_run OR v.total = 0
    OR EXISTS (SELECT FROM action WHERE tenant_id = p_tenant AND invoice_id = p_invoice AND type = p_type) THEN RETURN; END IF;
  amount := (SELECT symbol FROM currency WHERE code = v.currency) || to_char(v.total, 'FM999,999,999,999,999,990.00');
  content := 'Invoice N° ' || v.number || CASE p_type WHEN 'INVOICE_ISSUED' THEN ' issued with an amount of ' || amount
    WHEN 'INVOICE_PAID' THEN ' paid in full: ' || amount WHEN 'INVOICE_VOIDED' THEN ' voided' WHEN 'INVOICE_OVERDUE' THEN ' overdue' END;
  INSERT INTO timeline_event (tenant_id, id, kind) VALUES (p_tenant, event, 'ACTION');
  INSERT INTO action (tenant_id, id, invoice_id, created_by_id, type, content, metadata)
    VALUES (p_tenant, event, p_invoice, p_user, p_type, content, jsonb_build_object(
      'status', v.status, 'currency', v.currency, 'amount', v.total, 'number', v.number, 'id', v.id));
  CALL timeline_refresh_event(p_tenant, event);
END $$;
