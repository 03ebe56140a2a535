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

-- line_item.not_of_contract
SELECT given.id
FROM unnest($3::uuid[]) given (id)
WHERE NOT EXISTS (
  SELECT
  FROM service_line_item i
  WHERE i.tenant_id = $1 AND i.contract_id = $2::uuid AND given.id IN (i.id, i.service_id)
)

-- line_item.lock_organization
SELECT id
FROM organization
WHERE tenant_id = $1
  AND id = (
    SELECT organization_id
    FROM contract
    WHERE tenant_id = $1
      AND id = coalesce(
        $3::uuid,
        (
          SELECT contract_id
          FROM service_line_item
          WHERE tenant_id = $1
            AND service_id = coalesce(
              (SELECT service_id FROM service_line_item WHERE tenant_id = $1 AND id = $2::uuid),
              $2::uuid
            )
          LIMIT 1
        )
      )
  )
FOR NO KEY UPDATE

-- line_item.lock_contract
SELECT c.id,
  c.status,
  to_char(now(), 'YYYY-MM-DD'),
  to_char(date_trunc('day', $4::timestamptz), 'YYYY-MM-DD'),
  (
    SELECT max(v.period_end)::text
    FROM invoice v
    WHERE v.tenant_id = c.tenant_id
      AND v.contract_id = c.id
      AND NOT v.dry_run
      AND v.status NOT IN ('INITIALIZED', 'VOID')
  ),
  coalesce((SELECT invoicing_postpaid FROM tenant_setting WHERE tenant_id = $1), false),
  c.next_invoice_date::text,
  coalesce(c.currency, base_currency(c.tenant_id))
FROM contract c
WHERE c.tenant_id = $1
  AND c.id = coalesce(
    $3::uuid,
    (
      SELECT contract_id
      FROM service_line_item
      WHERE tenant_id = $1
        AND service_id = coalesce(
          (SELECT service_id FROM service_line_item WHERE tenant_id = $1 AND id = $2::uuid),
          $2::uuid
        )
      LIMIT 1
    )
  )
  AND c.state = 'LIVE'
  AND EXISTS (
    SELECT
    FROM organization o
    WHERE o.tenant_id = c.tenant_id AND o.id = c.organization_id AND o.state IN ('LIVE', 'HIDDEN')
  )
FOR NO KEY UPDATE OF c

-- line_item.insert_service
INSERT INTO service (tenant_id, contract_id, id)
VALUES ($1, $2::uuid, $3::uuid)

-- line_item.insert
INSERT INTO service_line_item (
  tenant_id,
  id,
  contract_id,
  service_id,
  sku_id,
  created_by_id,
  name,
  comments,
  billed,
  price,
  quantity,
  vat_rate,
  started_at,
  ended_at,
  app_source
)
VALUES (
  $1,
  $2::uuid,
  $3::uuid,
  $4::uuid,
  $5::uuid,
  $6::uuid,
  coalesce($7, ''),
  coalesce($8, ''),
  $9,
  coalesce($10::numeric, 0),
  coalesce($11::bigint, 0),
  trunc(greatest(coalesce($12::numeric, 0), 0), 2),
  coalesce(date_trunc('day', $13::timestamptz), date_trunc('day', now())),
  date_trunc('day', $14::timestamptz),
  coalesce($15, 'customer-os-api')
)

-- line_item.tell_added
CALL line_item_added_action($1::integer, $2::uuid, $3::uuid)

-- contract.refresh
CALL contract_refresh($1::integer, $2::uuid[], $3::text, $4::uuid)

-- line_item.lock_organization
SELECT id
FROM organization
WHERE tenant_id = $1
  AND id = (
    SELECT organization_id
    FROM contract
    WHERE tenant_id = $1
      AND id = coalesce(
        $3::uuid,
        (
          SELECT contract_id
          FROM service_line_item
          WHERE tenant_id = $1
            AND service_id = coalesce(
              (SELECT service_id FROM service_line_item WHERE tenant_id = $1 AND id = $2::uuid),
              $2::uuid
            )
          LIMIT 1
        )
      )
  )
FOR NO KEY UPDATE

-- line_item.lock_contract
SELECT c.id,
  c.status,
  to_char(now(), 'YYYY-MM-DD'),
  to_char(date_trunc('day', $4::timestamptz), 'YYYY-MM-DD'),
  (
    SELECT max(v.period_end)::text
    FROM invoice v
    WHERE v.tenant_id = c.tenant_id
      AND v.contract_id = c.id
      AND NOT v.dry_run
      AND v.status NOT IN ('INITIALIZED', 'VOID')
  ),
  coalesce((SELECT invoicing_postpaid FROM tenant_setting WHERE tenant_id = $1), false),
  c.next_invoice_date::text,
  coalesce(c.currency, base_currency(c.tenant_id))
FROM contract c
WHERE c.tenant_id = $1
  AND c.id = coalesce(
    $3::uuid,
    (
      SELECT contract_id
      FROM service_line_item
      WHERE tenant_id = $1
        AND service_id = coalesce(
          (SELECT service_id FROM service_line_item WHERE tenant_id = $1 AND id = $2::uuid),
          $2::uuid
        )
      LIMIT 1
    )
  )
  AND c.state = 'LIVE'
  AND EXISTS (
    SELECT
    FROM organization o
    WHERE o.tenant_id = c.tenant_id AND o.id = c.organization_id AND o.state IN ('LIVE', 'HIDDEN')
  )
FOR NO KEY UPDATE OF c

-- line_item.versions
SELECT i.id,
  i.service_id,
  to_char(i.started_at, 'YYYY-MM-DD'),
  i.billed,
  i.name,
  i.comments,
  i.sku_id,
  i.is_canceled,
  EXISTS (
    SELECT
    FROM invoice_line l
    JOIN invoice v ON v.tenant_id = l.tenant_id
      AND v.id = l.invoice_id
      AND NOT v.dry_run
      AND v.status NOT IN ('INITIALIZED', 'VOID')
    WHERE l.tenant_id = i.tenant_id AND l.service_line_item_id = i.id
  ),
  i.price,
  i.quantity,
  i.price = coalesce($3::numeric, 0),
  i.quantity = coalesce($4::bigint, 0),
  i.vat_rate = trunc(greatest(coalesce($5::numeric, 0), 0), 2),
  to_char(i.ended_at, 'YYYY-MM-DD')
FROM service_line_item i
WHERE i.tenant_id = $1
  AND i.service_id = coalesce(
    (SELECT service_id FROM service_line_item WHERE tenant_id = $1 AND id = $2::uuid),
    $2::uuid
  )
ORDER BY i.started_at

-- line_item.insert
INSERT INTO service_line_item (
  tenant_id,
  id,
  contract_id,
  service_id,
  sku_id,
  created_by_id,
  name,
  comments,
  billed,
  price,
  quantity,
  vat_rate,
  started_at,
  ended_at,
  app_source
)
VALUES (
  $1,
  $2::uuid,
  $3::uuid,
  $4::uuid,
  $5::uuid,
  $6::uuid,
  coalesce($7, ''),
  coalesce($8, ''),
  $9,
  coalesce($10::numeric, 0),
  coalesce($11::bigint, 0),
  trunc(greatest(coalesce($12::numeric, 0), 0), 2),
  coalesce(date_trunc('day', $13::timestamptz), date_trunc('day', now())),
  date_trunc('day', $14::timestamptz),
  coalesce($15, 'customer-os-api')
)

-- line_item.derive_ends
UPDATE service_line_item i
SET ended_at = derived.ends, updated_at = now()
FROM (
  SELECT id, coalesce(lead(started_at) OVER (ORDER BY started_at), date_trunc('day', $3::timestamptz)) AS ends
  FROM service_line_item
  WHERE tenant_id = $1 AND service_id = $2::uuid
) derived
WHERE i.tenant_id = $1 AND i.id = derived.id AND i.ended_at IS DISTINCT FROM derived.ends

-- contract.refresh
CALL contract_refresh($1::integer, $2::uuid[], $3::text, $4::uuid)

-- line_item.lock_organization
SELECT id
FROM organization
WHERE tenant_id = $1
  AND id = (
    SELECT organization_id
    FROM contract
    WHERE tenant_id = $1
      AND id = coalesce(
        $3::uuid,
        (
          SELECT contract_id
          FROM service_line_item
          WHERE tenant_id = $1
            AND service_id = coalesce(
              (SELECT service_id FROM service_line_item WHERE tenant_id = $1 AND id = $2::uuid),
              $2::uuid
            )
          LIMIT 1
        )
      )
  )
FOR NO KEY UPDATE

-- line_item.lock_contract
SELECT c.id,
  c.status,
  to_char(now(), 'YYYY-MM-DD'),
  to_char(date_trunc('day', $4::timestamptz), 'YYYY-MM-DD'),
  (
    SELECT max(v.period_end)::text
    FROM invoice v
    WHERE v.tenant_id = c.tenant_id
      AND v.contract_id = c.id
      AND NOT v.dry_run
      AND v.status NOT IN ('INITIALIZED', 'VOID')
  ),
  coalesce((SELECT invoicing_postpaid FROM tenant_setting WHERE tenant_id = $1), false),
  c.next_invoice_date::text,
  coalesce(c.currency, base_currency(c.tenant_id))
FROM contract c
WHERE c.tenant_id = $1
  AND c.id = coalesce(
    $3::uuid,
    (
      SELECT contract_id
      FROM service_line_item
      WHERE tenant_id = $1
        AND service_id = coalesce(
          (SELECT service_id FROM service_line_item WHERE tenant_id = $1 AND id = $2::uuid),
          $2::uuid
        )
      LIMIT 1
    )
  )
  AND c.state = 'LIVE'
  AND EXISTS (
    SELECT
    FROM organization o
    WHERE o.tenant_id = c.tenant_id AND o.id = c.organization_id AND o.state IN ('LIVE', 'HIDDEN')
  )
FOR NO KEY UPDATE OF c

-- line_item.versions
SELECT i.id,
  i.service_id,
  to_char(i.started_at, 'YYYY-MM-DD'),
  i.billed,
  i.name,
  i.comments,
  i.sku_id,
  i.is_canceled,
  EXISTS (
    SELECT
    FROM invoice_line l
    JOIN invoice v ON v.tenant_id = l.tenant_id
      AND v.id = l.invoice_id
      AND NOT v.dry_run
      AND v.status NOT IN ('INITIALIZED', 'VOID')
    WHERE l.tenant_id = i.tenant_id AND l.service_line_item_id = i.id
  ),
  i.price,
  i.quantity,
  i.price = coalesce($3::numeric, 0),
  i.quantity = coalesce($4::bigint, 0),
  i.vat_rate = trunc(greatest(coalesce($5::numeric, 0), 0), 2),
  to_char(i.ended_at, 'YYYY-MM-DD')
FROM service_line_item i
WHERE i.tenant_id = $1
  AND i.service_id = coalesce(
    (SELECT service_id FROM service_line_item WHERE tenant_id = $1 AND id = $2::uuid),
    $2::uuid
  )
ORDER BY i.started_at

-- line_item.update
UPDATE service_line_item
SET name = coalesce($3, ''),
  comments = coalesce($4, ''),
  price = coalesce($5::numeric, 0),
  quantity = coalesce($6::bigint, 0),
  vat_rate = trunc(greatest(coalesce($7::numeric, 0), 0), 2),
  sku_id = $8::uuid,
  started_at = date_trunc('day', $9::timestamptz),
  updated_at = now()
WHERE tenant_id = $1 AND id = $2::uuid

-- line_item.tell_corrected
CALL line_item_corrected_actions($1::integer, $2::uuid, $3::uuid, $4::numeric, $5::bigint)

-- contract.refresh
CALL contract_refresh($1::integer, $2::uuid[], $3::text, $4::uuid)

-- line_item.lock_organization
SELECT id
FROM organization
WHERE tenant_id = $1
  AND id = (
    SELECT organization_id
    FROM contract
    WHERE tenant_id = $1
      AND id = coalesce(
        $3::uuid,
        (
          SELECT contract_id
          FROM service_line_item
          WHERE tenant_id = $1
            AND service_id = coalesce(
              (SELECT service_id FROM service_line_item WHERE tenant_id = $1 AND id = $2::uuid),
              $2::uuid
            )
          LIMIT 1
        )
      )
  )
FOR NO KEY UPDATE

-- line_item.lock_contract
SELECT c.id,
  c.status,
  to_char(now(), 'YYYY-MM-DD'),
  to_char(date_trunc('day', $4::timestamptz), 'YYYY-MM-DD'),
  (
    SELECT max(v.period_end)::text
    FROM invoice v
    WHERE v.tenant_id = c.tenant_id
      AND v.contract_id = c.id
      AND NOT v.dry_run
      AND v.status NOT IN ('INITIALIZED', 'VOID')
  ),
  coalesce((SELECT invoicing_postpaid FROM tenant_setting WHERE tenant_id = $1), false),
  c.next_invoice_date::text,
  coalesce(c.currency, base_currency(c.tenant_id))
FROM contract c
WHERE c.tenant_id = $1
  AND c.id = coalesce(
    $3::uuid,
    (
      SELECT contract_id
      FROM service_line_item
      WHERE tenant_id = $1
        AND service_id = coalesce(
          (SELECT service_id FROM service_line_item WHERE tenant_id = $1 AND id = $2::uuid),
          $2::uuid
        )
      LIMIT 1
    )
  )
  AND c.state = 'LIVE'
  AND EXISTS (
    SELECT
    FROM organization o
    WHERE o.tenant_id = c.tenant_id AND o.id = c.organization_id AND o.state IN ('LIVE', 'HIDDEN')
  )
FOR NO KEY UPDATE OF c

-- line_item.versions
SELECT i.id,
  i.service_id,
  to_char(i.started_at, 'YYYY-MM-DD'),
  i.billed,
  i.name,
  i.comments,
  i.sku_id,
  i.is_canceled,
  EXISTS (
    SELECT
    FROM invoice_line l
    JOIN invoice v ON v.tenant_id = l.tenant_id
      AND v.id = l.invoice_id
      AND NOT v.dry_run
      AND v.status NOT IN ('INITIALIZED', 'VOID')
    WHERE l.tenant_id = i.tenant_id AND l.service_line_item_id = i.id
  ),
  i.price,
  i.quantity,
  i.price = coalesce($3::numeric, 0),
  i.quantity = coalesce($4::bigint, 0),
  i.vat_rate = trunc(greatest(coalesce($5::numeric, 0), 0), 2),
  to_char(i.ended_at, 'YYYY-MM-DD')
FROM service_line_item i
WHERE i.tenant_id = $1
  AND i.service_id = coalesce(
    (SELECT service_id FROM service_line_item WHERE tenant_id = $1 AND id = $2::uuid),
    $2::uuid
  )
ORDER BY i.started_at

-- line_item.tell_removed
CALL line_item_removed_action($1::integer, $2::uuid, $3::uuid)

-- line_item.remove_rehearsals
DELETE FROM invoice_line l
USING invoice v
WHERE l.tenant_id = $1
  AND l.service_line_item_id = ANY ($2::uuid[])
  AND v.tenant_id = l.tenant_id
  AND v.id = l.invoice_id
  AND v.dry_run

-- line_item.remove
DELETE FROM service_line_item
WHERE tenant_id = $1 AND id = ANY ($2::uuid[])

-- line_item.remove_service
DELETE FROM service s
WHERE s.tenant_id = $1
  AND s.id = $2::uuid
  AND NOT EXISTS (SELECT FROM service_line_item i WHERE i.tenant_id = $1 AND i.service_id = $2::uuid)

-- line_item.derive_ends
UPDATE service_line_item i
SET ended_at = derived.ends, updated_at = now()
FROM (
  SELECT id, coalesce(lead(started_at) OVER (ORDER BY started_at), date_trunc('day', $3::timestamptz)) AS ends
  FROM service_line_item
  WHERE tenant_id = $1 AND service_id = $2::uuid
) derived
WHERE i.tenant_id = $1 AND i.id = derived.id AND i.ended_at IS DISTINCT FROM derived.ends

-- contract.refresh
CALL contract_refresh($1::integer, $2::uuid[], $3::text, $4::uuid)

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

-- then

-- Query.contract
SELECT NULL, t.invoice_note
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

-- Query.contract
SELECT NULL, t.status, t.id
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
SELECT t.contract_id, t.name, t.price, t.quantity, t.is_canceled, t.ended_at
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
SELECT t.contract_id, t.amount, t.max_amount, coalesce(t.renewal_likelihood, 'ZERO') || '_RENEWAL', t.internal_stage
FROM opportunity t
WHERE t.tenant_id = $1
  AND t.contract_id = ANY ($2::uuid[])
  AND t.state = 'LIVE'
  AND t.internal_stage <> 'SUSPENDED'
  AND t.internal_type = 'RENEWAL'
ORDER BY t.created_at DESC, t.id DESC
