-- contract.lock_organization
SELECT id
FROM organization
WHERE tenant_id = $1 AND id = (SELECT organization_id FROM contract WHERE tenant_id = $1 AND id = $2::uuid)
FOR NO KEY UPDATE

-- contract.lock
SELECT organization_id, status, length_in_months
FROM contract
WHERE tenant_id = $1
  AND id = $2::uuid
  AND contract.state = 'LIVE'
  AND EXISTS (
    SELECT
    FROM organization o
    WHERE o.tenant_id = contract.tenant_id AND o.id = contract.organization_id AND o.state IN ('LIVE', 'HIDDEN')
  )
FOR NO KEY UPDATE

-- contract.active_renewal
SELECT id, coalesce(renewed_at <= now(), false)
FROM opportunity
WHERE tenant_id = $1
  AND contract_id = $2::uuid
  AND internal_type = 'RENEWAL'
  AND internal_stage = 'OPEN'
  AND state = 'LIVE'
FOR NO KEY UPDATE

-- contract.decide_renewal
UPDATE opportunity
SET renewal_approved = renewal_approved OR $4::boolean,
  renewed_at = coalesce(date_trunc('day', $3::timestamptz), renewed_at),
  updated_at = now()
WHERE tenant_id = $1
  AND contract_id = $2::uuid
  AND internal_type = 'RENEWAL'
  AND internal_stage = 'OPEN'
  AND state = 'LIVE'

-- contract.refresh
CALL contract_refresh($1::integer, $2::uuid[], $3::text, $4::uuid)

-- Mutation.contract_Renew
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
WHERE t.tenant_id = $1 AND t.id = $2::uuid

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

-- then

-- contract.lock_organization
SELECT id
FROM organization
WHERE tenant_id = $1 AND id = (SELECT organization_id FROM contract WHERE tenant_id = $1 AND id = $2::uuid)
FOR NO KEY UPDATE

-- contract.lock
SELECT organization_id, status, length_in_months
FROM contract
WHERE tenant_id = $1
  AND id = $2::uuid
  AND contract.state = 'LIVE'
  AND EXISTS (
    SELECT
    FROM organization o
    WHERE o.tenant_id = contract.tenant_id AND o.id = contract.organization_id AND o.state IN ('LIVE', 'HIDDEN')
  )
FOR NO KEY UPDATE

-- contract.active_renewal
SELECT id, coalesce(renewed_at <= now(), false)
FROM opportunity
WHERE tenant_id = $1
  AND contract_id = $2::uuid
  AND internal_type = 'RENEWAL'
  AND internal_stage = 'OPEN'
  AND state = 'LIVE'
FOR NO KEY UPDATE

-- Mutation.contract_Renew
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
WHERE t.tenant_id = $1 AND t.id = $2::uuid

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

-- then

-- contract.lock_organization
SELECT id
FROM organization
WHERE tenant_id = $1 AND id = (SELECT organization_id FROM contract WHERE tenant_id = $1 AND id = $2::uuid)
FOR NO KEY UPDATE

-- contract.lock
SELECT organization_id, status, length_in_months
FROM contract
WHERE tenant_id = $1
  AND id = $2::uuid
  AND contract.state = 'LIVE'
  AND EXISTS (
    SELECT
    FROM organization o
    WHERE o.tenant_id = contract.tenant_id AND o.id = contract.organization_id AND o.state IN ('LIVE', 'HIDDEN')
  )
FOR NO KEY UPDATE

-- contract.active_renewal
SELECT id, coalesce(renewed_at <= now(), false)
FROM opportunity
WHERE tenant_id = $1
  AND contract_id = $2::uuid
  AND internal_type = 'RENEWAL'
  AND internal_stage = 'OPEN'
  AND state = 'LIVE'
FOR NO KEY UPDATE

-- contract.decide_renewal
UPDATE opportunity
SET renewal_approved = renewal_approved OR $4::boolean,
  renewed_at = coalesce(date_trunc('day', $3::timestamptz), renewed_at),
  updated_at = now()
WHERE tenant_id = $1
  AND contract_id = $2::uuid
  AND internal_type = 'RENEWAL'
  AND internal_stage = 'OPEN'
  AND state = 'LIVE'

-- contract.refresh
CALL contract_refresh($1::integer, $2::uuid[], $3::text, $4::uuid)

-- Mutation.contract_Renew
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
WHERE t.tenant_id = $1 AND t.id = $2::uuid

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

-- then

-- contract.lock_organization
SELECT id
FROM organization
WHERE tenant_id = $1 AND id = (SELECT organization_id FROM contract WHERE tenant_id = $1 AND id = $2::uuid)
FOR NO KEY UPDATE

-- contract.lock
SELECT organization_id, status, length_in_months
FROM contract
WHERE tenant_id = $1
  AND id = $2::uuid
  AND contract.state = 'LIVE'
  AND EXISTS (
    SELECT
    FROM organization o
    WHERE o.tenant_id = contract.tenant_id AND o.id = contract.organization_id AND o.state IN ('LIVE', 'HIDDEN')
  )
FOR NO KEY UPDATE

-- contract.active_renewal
SELECT id, coalesce(renewed_at <= now(), false)
FROM opportunity
WHERE tenant_id = $1
  AND contract_id = $2::uuid
  AND internal_type = 'RENEWAL'
  AND internal_stage = 'OPEN'
  AND state = 'LIVE'
FOR NO KEY UPDATE
