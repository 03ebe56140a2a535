-- Query.contract
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
WHERE t.tenant_id = $1
  AND t.id = $2::uuid
  AND t.state = 'LIVE'
  AND EXISTS (
    SELECT
    FROM organization o
    WHERE o.tenant_id = t.tenant_id AND o.id = t.organization_id AND o.state IN ('LIVE', 'HIDDEN')
  )
LIMIT 1

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
