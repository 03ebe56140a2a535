-- invoice.read_contract
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

-- invoice.simulated_parties
SELECT c.invoice_note,
  nullif(c.organization_legal_name, ''),
  nullif(c.invoice_email, ''),
  nullif(c.address_line1, ''),
  nullif(c.address_line2, ''),
  nullif(c.zip, ''),
  nullif(c.locality, ''),
  nullif(c.region, ''),
  nullif(p.legal_name, ''),
  nullif(s.logo_repository_file_id, ''),
  nullif(p.address_line1, ''),
  nullif(p.address_line2, ''),
  nullif(p.zip, ''),
  nullif(p.locality, ''),
  nullif(p.region, '')
FROM contract c
LEFT JOIN tenant_setting s ON s.tenant_id = c.tenant_id
LEFT JOIN (SELECT * FROM tenant_billing_profile WHERE tenant_id = $1 ORDER BY created_at, id LIMIT 1) p ON true
WHERE c.tenant_id = $1 AND c.id = $2::uuid

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
