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

-- contract.update
UPDATE contract
SET updated_at = now(),
  service_started_at = CASE
    WHEN $3::text IS NULL THEN service_started_at
    ELSE date_trunc('day', nullif($3::text, '')::timestamptz)::timestamptz
  END,
  signed_at = CASE
    WHEN $4::text IS NULL THEN signed_at
    ELSE date_trunc('day', nullif($4::text, '')::timestamptz)::timestamptz
  END,
  ended_at = CASE
    WHEN $5::text IS NULL THEN ended_at
    ELSE date_trunc('day', nullif($5::text, '')::timestamptz)::timestamptz
  END,
  invoicing_start_date = CASE
    WHEN $6::text IS NULL THEN invoicing_start_date
    ELSE date_trunc('day', nullif($6::text, '')::timestamptz)::date
  END,
  name = coalesce($7::text, name),
  url = coalesce($8::text, url),
  currency = coalesce($9::text, currency),
  length_in_months = coalesce($10::integer, length_in_months),
  billing_cycle_in_months = coalesce($11::integer, billing_cycle_in_months),
  due_days = coalesce($12::integer, due_days),
  approved = coalesce($13::boolean, approved),
  auto_renew = coalesce($14::boolean, auto_renew),
  invoicing_enabled = coalesce($15::boolean, invoicing_enabled),
  organization_legal_name = coalesce($16::text, organization_legal_name),
  address_line1 = coalesce($17::text, address_line1),
  address_line2 = coalesce($18::text, address_line2),
  locality = coalesce($19::text, locality),
  region = coalesce($20::text, region),
  country = coalesce($21::text, country),
  zip = coalesce($22::text, zip),
  invoice_email = coalesce($23::text, invoice_email),
  invoice_email_cc = coalesce($24::text[], invoice_email_cc),
  invoice_email_bcc = coalesce($25::text[], invoice_email_bcc),
  invoice_note = coalesce($26::text, invoice_note),
  can_pay_with_card = coalesce($27::boolean, can_pay_with_card),
  can_pay_with_direct_debit = coalesce($28::boolean, can_pay_with_direct_debit),
  can_pay_with_bank_transfer = coalesce($29::boolean, can_pay_with_bank_transfer),
  can_pay_with_check = coalesce($30::boolean, can_pay_with_check),
  pay_online = coalesce($31::boolean, pay_online),
  pay_automatically = coalesce($32::boolean, pay_automatically),
  app_source = coalesce($33::text, app_source)
WHERE tenant_id = $1 AND id = $2::uuid

-- contract.refresh
CALL contract_refresh($1::integer, $2::uuid[], $3::text, $4::uuid)

-- Mutation.contract_Update
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

-- contract.update
UPDATE contract
SET updated_at = now(),
  service_started_at = CASE
    WHEN $3::text IS NULL THEN service_started_at
    ELSE date_trunc('day', nullif($3::text, '')::timestamptz)::timestamptz
  END,
  signed_at = CASE
    WHEN $4::text IS NULL THEN signed_at
    ELSE date_trunc('day', nullif($4::text, '')::timestamptz)::timestamptz
  END,
  ended_at = CASE
    WHEN $5::text IS NULL THEN ended_at
    ELSE date_trunc('day', nullif($5::text, '')::timestamptz)::timestamptz
  END,
  invoicing_start_date = CASE
    WHEN $6::text IS NULL THEN invoicing_start_date
    ELSE date_trunc('day', nullif($6::text, '')::timestamptz)::date
  END,
  name = coalesce($7::text, name),
  url = coalesce($8::text, url),
  currency = coalesce($9::text, currency),
  length_in_months = coalesce($10::integer, length_in_months),
  billing_cycle_in_months = coalesce($11::integer, billing_cycle_in_months),
  due_days = coalesce($12::integer, due_days),
  approved = coalesce($13::boolean, approved),
  auto_renew = coalesce($14::boolean, auto_renew),
  invoicing_enabled = coalesce($15::boolean, invoicing_enabled),
  organization_legal_name = coalesce($16::text, organization_legal_name),
  address_line1 = coalesce($17::text, address_line1),
  address_line2 = coalesce($18::text, address_line2),
  locality = coalesce($19::text, locality),
  region = coalesce($20::text, region),
  country = coalesce($21::text, country),
  zip = coalesce($22::text, zip),
  invoice_email = coalesce($23::text, invoice_email),
  invoice_email_cc = coalesce($24::text[], invoice_email_cc),
  invoice_email_bcc = coalesce($25::text[], invoice_email_bcc),
  invoice_note = coalesce($26::text, invoice_note),
  can_pay_with_card = coalesce($27::boolean, can_pay_with_card),
  can_pay_with_direct_debit = coalesce($28::boolean, can_pay_with_direct_debit),
  can_pay_with_bank_transfer = coalesce($29::boolean, can_pay_with_bank_transfer),
  can_pay_with_check = coalesce($30::boolean, can_pay_with_check),
  pay_online = coalesce($31::boolean, pay_online),
  pay_automatically = coalesce($32::boolean, pay_automatically),
  app_source = coalesce($33::text, app_source)
WHERE tenant_id = $1 AND id = $2::uuid

-- contract.refresh
CALL contract_refresh($1::integer, $2::uuid[], $3::text, $4::uuid)

-- Mutation.contract_Update
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

-- contract.update
UPDATE contract
SET updated_at = now(),
  service_started_at = CASE
    WHEN $3::text IS NULL THEN service_started_at
    ELSE date_trunc('day', nullif($3::text, '')::timestamptz)::timestamptz
  END,
  signed_at = CASE
    WHEN $4::text IS NULL THEN signed_at
    ELSE date_trunc('day', nullif($4::text, '')::timestamptz)::timestamptz
  END,
  ended_at = CASE
    WHEN $5::text IS NULL THEN ended_at
    ELSE date_trunc('day', nullif($5::text, '')::timestamptz)::timestamptz
  END,
  invoicing_start_date = CASE
    WHEN $6::text IS NULL THEN invoicing_start_date
    ELSE date_trunc('day', nullif($6::text, '')::timestamptz)::date
  END,
  name = coalesce($7::text, name),
  url = coalesce($8::text, url),
  currency = coalesce($9::text, currency),
  length_in_months = coalesce($10::integer, length_in_months),
  billing_cycle_in_months = coalesce($11::integer, billing_cycle_in_months),
  due_days = coalesce($12::integer, due_days),
  approved = coalesce($13::boolean, approved),
  auto_renew = coalesce($14::boolean, auto_renew),
  invoicing_enabled = coalesce($15::boolean, invoicing_enabled),
  organization_legal_name = coalesce($16::text, organization_legal_name),
  address_line1 = coalesce($17::text, address_line1),
  address_line2 = coalesce($18::text, address_line2),
  locality = coalesce($19::text, locality),
  region = coalesce($20::text, region),
  country = coalesce($21::text, country),
  zip = coalesce($22::text, zip),
  invoice_email = coalesce($23::text, invoice_email),
  invoice_email_cc = coalesce($24::text[], invoice_email_cc),
  invoice_email_bcc = coalesce($25::text[], invoice_email_bcc),
  invoice_note = coalesce($26::text, invoice_note),
  can_pay_with_card = coalesce($27::boolean, can_pay_with_card),
  can_pay_with_direct_debit = coalesce($28::boolean, can_pay_with_direct_debit),
  can_pay_with_bank_transfer = coalesce($29::boolean, can_pay_with_bank_transfer),
  can_pay_with_check = coalesce($30::boolean, can_pay_with_check),
  pay_online = coalesce($31::boolean, pay_online),
  pay_automatically = coalesce($32::boolean, pay_automatically),
  app_source = coalesce($33::text, app_source)
WHERE tenant_id = $1 AND id = $2::uuid

-- contract.refresh
CALL contract_refresh($1::integer, $2::uuid[], $3::text, $4::uuid)

-- Mutation.contract_Update
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

-- contract.update
UPDATE contract
SET updated_at = now(),
  service_started_at = CASE
    WHEN $3::text IS NULL THEN service_started_at
    ELSE date_trunc('day', nullif($3::text, '')::timestamptz)::timestamptz
  END,
  signed_at = CASE
    WHEN $4::text IS NULL THEN signed_at
    ELSE date_trunc('day', nullif($4::text, '')::timestamptz)::timestamptz
  END,
  ended_at = CASE
    WHEN $5::text IS NULL THEN ended_at
    ELSE date_trunc('day', nullif($5::text, '')::timestamptz)::timestamptz
  END,
  invoicing_start_date = CASE
    WHEN $6::text IS NULL THEN invoicing_start_date
    ELSE date_trunc('day', nullif($6::text, '')::timestamptz)::date
  END,
  name = coalesce($7::text, name),
  url = coalesce($8::text, url),
  currency = coalesce($9::text, currency),
  length_in_months = coalesce($10::integer, length_in_months),
  billing_cycle_in_months = coalesce($11::integer, billing_cycle_in_months),
  due_days = coalesce($12::integer, due_days),
  approved = coalesce($13::boolean, approved),
  auto_renew = coalesce($14::boolean, auto_renew),
  invoicing_enabled = coalesce($15::boolean, invoicing_enabled),
  organization_legal_name = coalesce($16::text, organization_legal_name),
  address_line1 = coalesce($17::text, address_line1),
  address_line2 = coalesce($18::text, address_line2),
  locality = coalesce($19::text, locality),
  region = coalesce($20::text, region),
  country = coalesce($21::text, country),
  zip = coalesce($22::text, zip),
  invoice_email = coalesce($23::text, invoice_email),
  invoice_email_cc = coalesce($24::text[], invoice_email_cc),
  invoice_email_bcc = coalesce($25::text[], invoice_email_bcc),
  invoice_note = coalesce($26::text, invoice_note),
  can_pay_with_card = coalesce($27::boolean, can_pay_with_card),
  can_pay_with_direct_debit = coalesce($28::boolean, can_pay_with_direct_debit),
  can_pay_with_bank_transfer = coalesce($29::boolean, can_pay_with_bank_transfer),
  can_pay_with_check = coalesce($30::boolean, can_pay_with_check),
  pay_online = coalesce($31::boolean, pay_online),
  pay_automatically = coalesce($32::boolean, pay_automatically),
  app_source = coalesce($33::text, app_source)
WHERE tenant_id = $1 AND id = $2::uuid

-- contract.refresh
CALL contract_refresh($1::integer, $2::uuid[], $3::text, $4::uuid)

-- Mutation.contract_Update
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
