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
  t.id,
  t.name,
  coalesce(nullif(t.source, ''), 'NA'),
  t.app_source,
  t.ended_at,
  t.length_in_months,
  t.signed_at,
  t.url,
  t.currency,
  t.created_by_id,
  t.invoicing_enabled,
  t.service_started_at,
  t.status,
  t.auto_renew,
  t.approved,
  t.lifetime_value,
  CASE WHEN t.length_in_months = 0 THEN NULL WHEN t.length_in_months < 12 THEN 1 ELSE t.length_in_months / 12 END,
  CASE
    WHEN t.length_in_months = 0 THEN 'NONE'
    WHEN t.length_in_months < 3 THEN 'MONTHLY_RENEWAL'
    WHEN t.length_in_months < 12 THEN 'QUARTERLY_RENEWAL'
    ELSE 'ANNUAL_RENEWAL'
  END,
  t.organization_legal_name,
  t.invoice_email,
  t.created_at,
  t.updated_at,
  t.invoice_note,
  CASE t.billing_cycle_in_months
    WHEN 0 THEN 'NONE'
    WHEN 1 THEN 'MONTHLY_BILLING'
    WHEN 3 THEN 'QUARTERLY_BILLING'
    WHEN 12 THEN 'ANNUAL_BILLING'
    ELSE 'CUSTOM_BILLING'
  END,
  t.invoicing_start_date::timestamptz,
  t.address_line1,
  t.address_line2,
  t.zip,
  t.locality,
  t.country,
  t.billing_cycle_in_months,
  t.next_invoice_date::timestamptz,
  t.region,
  t.invoice_email_cc,
  t.invoice_email_bcc,
  t.can_pay_with_card,
  t.can_pay_with_direct_debit,
  t.can_pay_with_bank_transfer,
  t.pay_online,
  t.pay_automatically,
  t.can_pay_with_check,
  t.due_days,
  t.organization_id
FROM contract t
WHERE t.tenant_id = $1 AND t.id = $2::uuid

-- Contract.contractLineItems
SELECT t.contract_id,
  t.name,
  t.billed,
  t.price,
  t.quantity,
  t.vat_rate,
  t.comments,
  t.is_canceled,
  t.paused,
  (
    SELECT CASE WHEN count(*) = 0 THEN 'READY' WHEN bool_and(v.status = 'VOID') THEN 'VOID' ELSE 'INVOICED' END
    FROM invoice_line l
    JOIN invoice v ON v.tenant_id = l.tenant_id AND v.id = l.invoice_id AND NOT v.dry_run AND v.status <> 'INITIALIZED'
    WHERE l.tenant_id = t.tenant_id AND l.service_line_item_id = t.id
  ),
  t.started_at,
  t.ended_at,
  t.sku_id
FROM service_line_item t
WHERE t.tenant_id = $1
  AND t.contract_id = ANY ($2::uuid[])
  AND EXISTS (
    SELECT
    FROM contract c
    WHERE c.tenant_id = t.tenant_id
      AND c.id = t.contract_id
      AND c.state = 'LIVE'
      AND EXISTS (
        SELECT
        FROM organization o
        WHERE o.tenant_id = c.tenant_id AND o.id = c.organization_id AND o.state IN ('LIVE', 'HIDDEN')
      )
  )
ORDER BY t.created_at, t.id

-- Contract.serviceLineItems
SELECT t.contract_id, t.id, t.service_id, t.created_by_id
FROM service_line_item t
WHERE t.tenant_id = $1
  AND t.contract_id = ANY ($2::uuid[])
  AND EXISTS (
    SELECT
    FROM contract c
    WHERE c.tenant_id = t.tenant_id
      AND c.id = t.contract_id
      AND c.state = 'LIVE'
      AND EXISTS (
        SELECT
        FROM organization o
        WHERE o.tenant_id = c.tenant_id AND o.id = c.organization_id AND o.state IN ('LIVE', 'HIDDEN')
      )
  )
ORDER BY t.created_at, t.id

-- Contract.opportunities
SELECT t.contract_id, t.name, t.renewed_at
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
SELECT t.id, t.name
FROM organization t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state IN ('LIVE', 'HIDDEN')
