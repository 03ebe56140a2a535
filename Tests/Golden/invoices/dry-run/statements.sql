-- invoice.lock_organization_of_contract
SELECT id
FROM organization
WHERE tenant_id = $1 AND id = (SELECT organization_id FROM contract WHERE tenant_id = $1 AND id = $2::uuid)
FOR NO KEY UPDATE

-- invoice.lock_billed_contract
SELECT c.status,
  coalesce(c.currency, base_currency(c.tenant_id)),
  coalesce(s.invoicing_postpaid, false),
  c.billing_cycle_in_months,
  c.due_days,
  c.next_invoice_date,
  c.invoicing_start_date,
  c.ended_at::date,
  (
    SELECT v.period_start
    FROM invoice v
    WHERE v.tenant_id = c.tenant_id
      AND v.contract_id = c.id
      AND NOT v.dry_run
      AND NOT v.off_cycle
      AND v.status NOT IN ('INITIALIZED', 'VOID')
    ORDER BY v.period_start DESC
    LIMIT 1
  ),
  (SELECT now())::date,
  c.country,
  p.country
FROM contract c
LEFT JOIN tenant_setting s ON s.tenant_id = c.tenant_id
LEFT JOIN (SELECT * FROM tenant_billing_profile WHERE tenant_id = $1 ORDER BY created_at, id LIMIT 1) p ON true
WHERE c.tenant_id = $1
  AND c.id = $2::uuid
  AND c.state = 'LIVE'
  AND EXISTS (
    SELECT
    FROM organization o
    WHERE o.tenant_id = c.tenant_id AND o.id = c.organization_id AND o.state IN ('LIVE', 'HIDDEN')
  )
FOR NO KEY UPDATE OF c

-- invoice.billed_versions
SELECT i.id::text,
  i.service_id::text,
  i.billed,
  round(i.price * 1000000)::bigint,
  i.quantity,
  round(i.vat_rate * 100)::bigint,
  i.started_at::date,
  i.ended_at::date,
  i.is_canceled,
  i.paused,
  EXISTS (
    SELECT
    FROM service_line_item other
    JOIN invoice_line l ON l.tenant_id = other.tenant_id AND l.service_line_item_id = other.id
    JOIN invoice v ON v.tenant_id = l.tenant_id
      AND v.id = l.invoice_id
      AND NOT v.dry_run
      AND v.status NOT IN ('INITIALIZED', 'VOID')
    WHERE other.tenant_id = i.tenant_id AND other.service_id = i.service_id
  )
FROM service_line_item i
WHERE i.tenant_id = $1 AND i.contract_id = $2::uuid
ORDER BY i.created_at, i.id

-- invoice.insert
INSERT INTO invoice (
  tenant_id,
  id,
  contract_id,
  number,
  status,
  dry_run,
  preview,
  off_cycle,
  postpaid,
  billing_cycle_in_months,
  period_start,
  period_end,
  due_date,
  issued_date,
  currency,
  amount,
  vat,
  note,
  customer_name,
  customer_email,
  customer_address_line1,
  customer_address_line2,
  customer_zip,
  customer_locality,
  customer_region,
  customer_country,
  provider_name,
  provider_logo_repository_file_id,
  provider_address_line1,
  provider_address_line2,
  provider_zip,
  provider_locality,
  provider_region,
  provider_country
)
SELECT c.tenant_id,
  $2::uuid,
  c.id,
  $4::text,
  $5::text,
  $6::boolean,
  $7::boolean,
  $8::boolean,
  $9::boolean,
  $10::bigint,
  $11::date,
  $12::date,
  $13::date,
  $14::date,
  $15::text,
  $16::numeric,
  $17::numeric,
  c.invoice_note,
  c.organization_legal_name,
  c.invoice_email,
  c.address_line1,
  c.address_line2,
  c.zip,
  c.locality,
  c.region,
  $18::text,
  p.legal_name,
  nullif(s.logo_repository_file_id, ''),
  p.address_line1,
  p.address_line2,
  p.zip,
  p.locality,
  p.region,
  $19::text
FROM contract c
LEFT JOIN tenant_setting s ON s.tenant_id = c.tenant_id
JOIN (SELECT * FROM tenant_billing_profile WHERE tenant_id = $1 ORDER BY created_at, id LIMIT 1) p ON true
WHERE c.tenant_id = $1 AND c.id = $3::uuid

-- invoice.insert_lines
INSERT INTO invoice_line (
  tenant_id,
  id,
  invoice_id,
  service_line_item_id,
  name,
  billed,
  price,
  quantity,
  amount,
  vat,
  sku_id,
  created_at
)
SELECT i.tenant_id,
  line.id,
  $2::uuid,
  i.id,
  i.name,
  i.billed,
  line.price,
  line.quantity,
  line.net,
  line.tax,
  i.sku_id,
  now() + line.place * interval '1 microsecond'
FROM unnest($3::uuid[], $4::text[], $5::numeric[], $6::bigint[], $7::numeric[], $8::numeric[]) WITH ORDINALITY AS line (
  id,
  version,
  price,
  quantity,
  net,
  tax,
  place
)
JOIN service_line_item i ON i.tenant_id = $1 AND i.id = line.version::uuid
