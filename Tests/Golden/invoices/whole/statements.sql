-- Query.invoice
SELECT NULL,
  t.id,
  t.created_at,
  t.updated_at,
  coalesce(nullif(t.source, ''), 'NA'),
  t.app_source,
  t.contract_id,
  t.dry_run,
  t.postpaid,
  t.off_cycle,
  t.preview,
  t.total,
  CASE t.status WHEN 'PAID' THEN t.total ELSE 0 END,
  CASE t.status WHEN 'PAID' THEN 0 ELSE t.total END,
  t.number,
  t.currency,
  t.repository_file_id,
  t.status,
  t.note,
  t.customer_name,
  t.customer_email,
  t.customer_address_line1,
  t.customer_address_line2,
  t.customer_zip,
  t.customer_locality,
  t.customer_country,
  t.customer_region,
  t.provider_logo_url,
  t.provider_logo_repository_file_id,
  t.provider_name,
  t.provider_address_line1,
  t.provider_address_line2,
  t.provider_zip,
  t.provider_locality,
  t.provider_country,
  t.provider_region,
  t.status = 'PAID',
  t.amount,
  t.vat,
  t.payment_link,
  t.billing_cycle_in_months
FROM invoice t
WHERE t.tenant_id = $1
  AND t.id = $2::uuid
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
LIMIT 1

-- Invoice.organization
SELECT c.id, t.name
FROM contract c
JOIN organization t ON t.tenant_id = c.tenant_id AND t.id = c.organization_id
WHERE c.tenant_id = $1 AND c.id = ANY ($2::uuid[]) AND t.state IN ('LIVE', 'HIDDEN')

-- Invoice.contract
SELECT t.id, t.name
FROM contract t
WHERE t.tenant_id = $1
  AND t.id = ANY ($2::uuid[])
  AND t.state = 'LIVE'
  AND EXISTS (
    SELECT
    FROM organization o
    WHERE o.tenant_id = t.tenant_id AND o.id = t.organization_id AND o.state IN ('LIVE', 'HIDDEN')
  )

-- Invoice.invoiceLineItems
SELECT t.invoice_id,
  t.id,
  t.name,
  t.price,
  t.quantity,
  t.amount,
  t.vat,
  t.total,
  t.service_line_item_id,
  t.sku_id,
  coalesce((SELECT s.name FROM sku s WHERE s.tenant_id = t.tenant_id AND s.id = t.sku_id), '')
FROM invoice_line t
WHERE t.tenant_id = $1 AND t.invoice_id = ANY ($2::uuid[])
ORDER BY t.created_at, t.id

-- InvoiceLine.contractLineItem
SELECT t.id, t.name
FROM service_line_item t
WHERE t.tenant_id = $1
  AND t.id = ANY ($2::uuid[])
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

-- InvoiceLine.sku
SELECT t.id, t.name
FROM sku t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[])
