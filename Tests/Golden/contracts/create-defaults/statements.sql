-- contract.lock_new_organization
SELECT id
FROM organization
WHERE tenant_id = $1 AND id = $2::uuid AND state IN ('LIVE', 'HIDDEN')
FOR NO KEY UPDATE

-- contract.insert
INSERT INTO contract (
  tenant_id,
  id,
  organization_id,
  created_by_id,
  service_started_at,
  signed_at,
  ended_at,
  invoicing_start_date,
  name,
  url,
  currency,
  length_in_months,
  billing_cycle_in_months,
  due_days,
  approved,
  auto_renew,
  invoicing_enabled,
  organization_legal_name,
  address_line1,
  address_line2,
  locality,
  region,
  country,
  zip,
  invoice_email,
  invoice_email_cc,
  invoice_email_bcc,
  invoice_note,
  can_pay_with_card,
  can_pay_with_direct_debit,
  can_pay_with_bank_transfer,
  can_pay_with_check,
  pay_online,
  pay_automatically,
  app_source
)
VALUES (
  $1,
  $2::uuid,
  $3::uuid,
  $4::uuid,
  date_trunc('day', nullif($5::text, '')::timestamptz)::timestamptz,
  date_trunc('day', nullif($6::text, '')::timestamptz)::timestamptz,
  date_trunc('day', nullif($7::text, '')::timestamptz)::timestamptz,
  date_trunc('day', nullif($8::text, '')::timestamptz)::date,
  coalesce($9::text, ''),
  coalesce($10::text, ''),
  coalesce($11::text, base_currency($1)),
  coalesce($12::integer, 0),
  coalesce($13::integer, 1),
  coalesce($14::integer, 0),
  coalesce($15::boolean, false),
  coalesce($16::boolean, false),
  coalesce($17::boolean, false),
  coalesce($18::text, ''),
  coalesce($19::text, ''),
  coalesce($20::text, ''),
  coalesce($21::text, ''),
  coalesce($22::text, ''),
  coalesce(
    $23::text,
    coalesce((SELECT country FROM tenant_billing_profile WHERE tenant_id = $1 ORDER BY created_at, id LIMIT 1), '')
  ),
  coalesce($24::text, ''),
  coalesce($25::text, ''),
  coalesce($26::text[], '{}'),
  coalesce($27::text[], '{}'),
  coalesce($28::text, ''),
  coalesce($29::boolean, true),
  coalesce($30::boolean, true),
  coalesce($31::boolean, true),
  coalesce($32::boolean, true),
  coalesce($33::boolean, true),
  coalesce($34::boolean, true),
  coalesce($35::text, 'customer-os-api')
)

-- contract.refresh
CALL contract_refresh($1::integer, $2::uuid[], $3::text, $4::uuid)

-- Mutation.contract_Create
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
