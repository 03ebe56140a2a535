-- Records on the timeline of the organization what was done to its contract.
CREATE OR REPLACE PROCEDURE contract_action(
  p_tenant integer, p_contract uuid, p_user uuid, p_type text, p_content text, p_metadata jsonb) LANGUAGE plpgsql AS $$
DECLARE event uuid := time_ordered_id();
BEGIN
  INSERT INTO timeline_event (tenant_id, id, kind) VALUES (p_tenant, event, 'ACTION');
  INSERT INTO action (tenant_id, id, contract_id, created_by_id, type, content, metadata)
    VALUES (p_tenant, event, p_contract, p_user, p_type, p_content, p_metadata);
  CALL timeline_refresh_event(p_tenant, event);
END $$;
