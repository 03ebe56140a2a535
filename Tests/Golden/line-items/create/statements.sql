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
SELECT NULL,
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
WHERE t.tenant_id = $1 AND t.id = $2::uuid

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

-- line_item.sku
SELECT name
FROM sku
WHERE tenant_id = $1 AND id = $2::uuid
FOR KEY SHARE

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
SELECT NULL,
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
WHERE t.tenant_id = $1 AND t.id = $2::uuid

-- ServiceLineItem.sku
SELECT t.id, t.name, t.state = 'ARCHIVED'
FROM sku t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[])

-- then

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
