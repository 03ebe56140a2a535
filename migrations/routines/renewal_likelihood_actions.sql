-- Records how likely the renewals of contracts have become.
CREATE OR REPLACE PROCEDURE renewal_likelihood_actions(p_tenant integer, p_contracts uuid[], p_user uuid) LANGUAGE plpgsql AS $$
DECLARE renewal record;
BEGIN
  FOR renewal IN SELECT contract_id, renewal_likelihood, comments FROM active_renewal
      WHERE tenant_id = p_tenant AND contract_id = ANY (p_contracts) ORDER BY contract_id LOOP
    CALL contract_action(p_tenant, renewal.contract_id, p_user, 'RENEWAL_LIKELIHOOD_UPDATED',
      'Renewal likelihood set to ' || initcap(renewal.renewal_likelihood) || coalesce(' by ' || user_name(p_tenant, p_user), ''),
      jsonb_build_object('likelihood', renewal.renewal_likelihood, 'reason', renewal.comments));
  END LOOP;
END $$;
