-- no statement

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

-- Mutation.contract_Update
SELECT NULL, t.status, t.approved
FROM contract t
WHERE t.tenant_id = $1 AND t.id = $2::uuid

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

-- contract.is_invoiced
SELECT EXISTS (SELECT FROM invoice WHERE tenant_id = $1 AND contract_id = $2::uuid AND NOT dry_run)

-- then

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
