-- opportunity.lock_organizations
SELECT id, state, relationship, stage
FROM organization
WHERE tenant_id = $1
  AND (
    id = $3::uuid
    OR id = (
      SELECT coalesce(o.organization_id, c.organization_id)
      FROM opportunity o
      LEFT JOIN contract c ON c.tenant_id = o.tenant_id AND c.id = o.contract_id
      WHERE o.tenant_id = $1 AND o.id = $2::uuid
    )
  )
ORDER BY id
FOR NO KEY UPDATE

-- opportunity.lock_contract
SELECT id, organization_id
FROM contract
WHERE tenant_id = $1 AND id = (SELECT contract_id FROM opportunity WHERE tenant_id = $1 AND id = $2::uuid)
FOR NO KEY UPDATE

-- opportunity.lock
SELECT internal_stage, external_stage, internal_type, contract_id, organization_id
FROM opportunity
WHERE tenant_id = $1 AND id = $2::uuid AND state = 'LIVE' AND internal_stage <> 'SUSPENDED'
FOR NO KEY UPDATE

-- opportunity.update
UPDATE opportunity o
SET updated_at = now(),
  organization_id = coalesce($3::uuid, o.organization_id),
  owner_id = CASE WHEN $4::boolean THEN $5::uuid ELSE o.owner_id END,
  internal_stage = CASE WHEN $6::boolean THEN 'OPEN' ELSE o.internal_stage END,
  closed_at = CASE WHEN $6::boolean THEN NULL ELSE o.closed_at END,
  stage_changed_at = CASE
    WHEN $6::boolean OR coalesce($14::text, o.external_stage) <> o.external_stage THEN now()
    ELSE o.stage_changed_at
  END,
  name = coalesce($8::text, o.name),
  amount = coalesce($9::numeric, o.amount),
  max_amount = coalesce($10::numeric, o.max_amount),
  currency = coalesce($11::text, o.currency),
  internal_type = coalesce($12::text, o.internal_type),
  external_type = coalesce($13::text, o.external_type),
  external_stage = coalesce($14::text, o.external_stage),
  estimated_closed_at = coalesce($15::timestamptz, o.estimated_closed_at),
  general_notes = coalesce($16::text, o.general_notes),
  next_steps = coalesce($17::text, o.next_steps),
  comments = coalesce($18::text, o.comments),
  likelihood_rate = coalesce($19::bigint, o.likelihood_rate),
  renewal_updated_by_id = CASE
    WHEN $7::uuid IS NOT NULL AND o.internal_type = 'RENEWAL' AND coalesce($9::numeric, o.amount) <> o.amount THEN $7::uuid
    ELSE o.renewal_updated_by_id
  END,
  renewal_updated_at = CASE
    WHEN $7::uuid IS NOT NULL AND o.internal_type = 'RENEWAL' AND coalesce($9::numeric, o.amount) <> o.amount THEN now()
    ELSE o.renewal_updated_at
  END
FROM opportunity before
WHERE o.tenant_id = $1 AND o.id = $2::uuid AND before.tenant_id = o.tenant_id AND before.id = o.id
RETURNING o.currency, o.amount, o.max_amount, o.amount <> before.amount

-- opportunity.close
UPDATE opportunity
SET internal_stage = $3,
  closed_at = now(),
  stage_changed_at = now(),
  external_stage = CASE WHEN internal_type = 'NBO' THEN '' ELSE external_stage END
WHERE tenant_id = $1 AND id = $2::uuid
RETURNING internal_type, organization_id

-- contract.refresh
CALL contract_refresh($1::integer, $2::uuid[], $3::text, $4::uuid)

-- Mutation.opportunity_Save
SELECT NULL, t.internal_stage
FROM opportunity t
WHERE t.tenant_id = $1 AND t.id = $2::uuid

-- then

-- Query.contract
SELECT NULL,
  t.name,
  t.url,
  t.status,
  t.length_in_months,
  CASE WHEN t.length_in_months = 0 THEN NULL WHEN t.length_in_months < 12 THEN 1 ELSE t.length_in_months / 12 END,
  CASE
    WHEN t.length_in_months = 0 THEN 'NONE'
    WHEN t.length_in_months < 3 THEN 'MONTHLY_RENEWAL'
    WHEN t.length_in_months < 12 THEN 'QUARTERLY_RENEWAL'
    ELSE 'ANNUAL_RENEWAL'
  END,
  t.currency,
  t.auto_renew,
  t.approved,
  t.invoicing_enabled,
  t.service_started_at,
  t.signed_at,
  t.ended_at,
  t.lifetime_value,
  CASE t.billing_cycle_in_months
    WHEN 0 THEN 'NONE'
    WHEN 1 THEN 'MONTHLY_BILLING'
    WHEN 3 THEN 'QUARTERLY_BILLING'
    WHEN 12 THEN 'ANNUAL_BILLING'
    ELSE 'CUSTOM_BILLING'
  END,
  t.billing_cycle_in_months,
  t.due_days,
  t.country,
  t.invoice_email,
  t.invoice_email_cc,
  t.pay_online,
  t.pay_automatically,
  t.can_pay_with_card,
  t.can_pay_with_direct_debit,
  t.can_pay_with_bank_transfer,
  t.can_pay_with_check,
  t.id,
  t.organization_id
FROM contract t
WHERE t.tenant_id = $1
  AND t.id = $2::uuid
  AND t.state = 'LIVE'
  AND EXISTS (
    SELECT
    FROM organization o
    WHERE o.tenant_id = t.tenant_id AND o.id = t.organization_id AND o.state IN ('LIVE', 'HIDDEN')
  )
LIMIT 1

-- Contract.opportunities
SELECT t.contract_id,
  t.internal_stage,
  coalesce(t.renewal_likelihood, 'ZERO') || '_RENEWAL',
  t.amount,
  t.max_amount,
  t.renewed_at
FROM opportunity t
WHERE t.tenant_id = $1
  AND t.contract_id = ANY ($2::uuid[])
  AND t.state = 'LIVE'
  AND t.internal_stage <> 'SUSPENDED'
  AND t.internal_type = 'RENEWAL'
ORDER BY t.created_at DESC, t.id DESC

-- Contract.owner
SELECT o.id, nullif(coalesce(nullif(t.name, ''), trim(t.first_name || ' ' || t.last_name)), '')
FROM organization o
JOIN app_user t ON t.tenant_id = o.tenant_id AND t.id = o.owner_id
WHERE o.tenant_id = $1 AND o.id = ANY ($2::uuid[]) AND t.state = 'LIVE'

-- Contract.organization
SELECT t.id,
  t.name,
  coalesce(t.renewal_arr, 0),
  coalesce(t.renewal_max_arr, 0),
  t.renewal_likelihood || '_RENEWAL',
  t.next_renewal_at
FROM organization t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state IN ('LIVE', 'HIDDEN')
