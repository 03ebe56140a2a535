-- no statement

-- then

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

-- then

-- no statement

-- then

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

-- then

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

-- then

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
