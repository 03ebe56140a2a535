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

-- Mutation.contractLineItem_Create
SELECT NULL, t.ended_at, t.is_canceled
FROM service_line_item t
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
