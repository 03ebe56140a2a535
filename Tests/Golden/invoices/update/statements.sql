-- invoice.lock_organization
SELECT id
FROM organization
WHERE tenant_id = $1
  AND id = (
    SELECT c.organization_id
    FROM invoice v
    JOIN contract c ON c.tenant_id = v.tenant_id AND c.id = v.contract_id
    WHERE v.tenant_id = $1 AND v.id = $2::uuid
  )
FOR NO KEY UPDATE

-- invoice.lock_contract
SELECT id
FROM contract
WHERE tenant_id = $1 AND id = (SELECT contract_id FROM invoice WHERE tenant_id = $1 AND id = $2::uuid)
FOR NO KEY UPDATE

-- invoice.lock
SELECT t.status, t.dry_run
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
FOR NO KEY UPDATE OF t

-- invoice.write_status
UPDATE invoice
SET status = $3, updated_at = now()
WHERE tenant_id = $1 AND id = $2::uuid

-- invoice.tell
SELECT invoice_action($1::integer, $2::uuid, $4::uuid, $3::text)

-- Mutation.invoice_Update
SELECT NULL, t.status
FROM invoice t
WHERE t.tenant_id = $1 AND t.id = $2::uuid

-- then

-- invoice.lock_organization
SELECT id
FROM organization
WHERE tenant_id = $1
  AND id = (
    SELECT c.organization_id
    FROM invoice v
    JOIN contract c ON c.tenant_id = v.tenant_id AND c.id = v.contract_id
    WHERE v.tenant_id = $1 AND v.id = $2::uuid
  )
FOR NO KEY UPDATE

-- invoice.lock_contract
SELECT id
FROM contract
WHERE tenant_id = $1 AND id = (SELECT contract_id FROM invoice WHERE tenant_id = $1 AND id = $2::uuid)
FOR NO KEY UPDATE

-- invoice.lock
SELECT t.status, t.dry_run
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
FOR NO KEY UPDATE OF t

-- invoice.write_status
UPDATE invoice
SET status = $3, updated_at = now()
WHERE tenant_id = $1 AND id = $2::uuid

-- Mutation.invoice_Update
SELECT NULL, t.status
FROM invoice t
WHERE t.tenant_id = $1 AND t.id = $2::uuid

-- then

-- invoice.lock_organization
SELECT id
FROM organization
WHERE tenant_id = $1
  AND id = (
    SELECT c.organization_id
    FROM invoice v
    JOIN contract c ON c.tenant_id = v.tenant_id AND c.id = v.contract_id
    WHERE v.tenant_id = $1 AND v.id = $2::uuid
  )
FOR NO KEY UPDATE

-- invoice.lock_contract
SELECT id
FROM contract
WHERE tenant_id = $1 AND id = (SELECT contract_id FROM invoice WHERE tenant_id = $1 AND id = $2::uuid)
FOR NO KEY UPDATE

-- invoice.lock
SELECT t.status, t.dry_run
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
FOR NO KEY UPDATE OF t

-- invoice.write_status
UPDATE invoice
SET status = $3, updated_at = now()
WHERE tenant_id = $1 AND id = $2::uuid

-- invoice.tell
SELECT invoice_action($1::integer, $2::uuid, $4::uuid, $3::text)

-- Mutation.invoice_Update
SELECT NULL, t.status
FROM invoice t
WHERE t.tenant_id = $1 AND t.id = $2::uuid

-- then

-- invoice.lock_organization
SELECT id
FROM organization
WHERE tenant_id = $1
  AND id = (
    SELECT c.organization_id
    FROM invoice v
    JOIN contract c ON c.tenant_id = v.tenant_id AND c.id = v.contract_id
    WHERE v.tenant_id = $1 AND v.id = $2::uuid
  )
FOR NO KEY UPDATE

-- invoice.lock_contract
SELECT id
FROM contract
WHERE tenant_id = $1 AND id = (SELECT contract_id FROM invoice WHERE tenant_id = $1 AND id = $2::uuid)
FOR NO KEY UPDATE

-- invoice.lock
SELECT t.status, t.dry_run
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
FOR NO KEY UPDATE OF t

-- invoice.write_status
UPDATE invoice
SET status = $3, updated_at = now()
WHERE tenant_id = $1 AND id = $2::uuid

-- invoice.tell
SELECT invoice_action($1::integer, $2::uuid, $4::uuid, $3::text)

-- Mutation.invoice_Update
SELECT NULL, t.status
FROM invoice t
WHERE t.tenant_id = $1 AND t.id = $2::uuid

-- then

-- invoice.lock_organization
SELECT id
FROM organization
WHERE tenant_id = $1
  AND id = (
    SELECT c.organization_id
    FROM invoice v
    JOIN contract c ON c.tenant_id = v.tenant_id AND c.id = v.contract_id
    WHERE v.tenant_id = $1 AND v.id = $2::uuid
  )
FOR NO KEY UPDATE

-- invoice.lock_contract
SELECT id
FROM contract
WHERE tenant_id = $1 AND id = (SELECT contract_id FROM invoice WHERE tenant_id = $1 AND id = $2::uuid)
FOR NO KEY UPDATE

-- invoice.lock
SELECT t.status, t.dry_run
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
FOR NO KEY UPDATE OF t

-- invoice.is_replaced
SELECT EXISTS (
  SELECT
  FROM invoice v
  JOIN invoice other ON other.tenant_id = v.tenant_id
    AND other.contract_id = v.contract_id
    AND other.period_start = v.period_start
    AND other.id <> v.id
    AND other.status <> 'VOID'
    AND NOT other.dry_run
    AND NOT other.off_cycle
  WHERE v.tenant_id = $1 AND v.id = $2::uuid AND NOT v.dry_run AND NOT v.off_cycle
)

-- invoice.write_status
UPDATE invoice
SET status = $3, updated_at = now()
WHERE tenant_id = $1 AND id = $2::uuid

-- Mutation.invoice_Update
SELECT NULL, t.status
FROM invoice t
WHERE t.tenant_id = $1 AND t.id = $2::uuid

-- then

-- invoice.lock_organization
SELECT id
FROM organization
WHERE tenant_id = $1
  AND id = (
    SELECT c.organization_id
    FROM invoice v
    JOIN contract c ON c.tenant_id = v.tenant_id AND c.id = v.contract_id
    WHERE v.tenant_id = $1 AND v.id = $2::uuid
  )
FOR NO KEY UPDATE

-- invoice.lock_contract
SELECT id
FROM contract
WHERE tenant_id = $1 AND id = (SELECT contract_id FROM invoice WHERE tenant_id = $1 AND id = $2::uuid)
FOR NO KEY UPDATE

-- invoice.lock
SELECT t.status, t.dry_run
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
FOR NO KEY UPDATE OF t

-- invoice.write_status
UPDATE invoice
SET status = $3, updated_at = now()
WHERE tenant_id = $1 AND id = $2::uuid

-- Mutation.invoice_Update
SELECT NULL, t.status
FROM invoice t
WHERE t.tenant_id = $1 AND t.id = $2::uuid

-- then

-- invoice.lock_organization
SELECT id
FROM organization
WHERE tenant_id = $1
  AND id = (
    SELECT c.organization_id
    FROM invoice v
    JOIN contract c ON c.tenant_id = v.tenant_id AND c.id = v.contract_id
    WHERE v.tenant_id = $1 AND v.id = $2::uuid
  )
FOR NO KEY UPDATE

-- invoice.lock_contract
SELECT id
FROM contract
WHERE tenant_id = $1 AND id = (SELECT contract_id FROM invoice WHERE tenant_id = $1 AND id = $2::uuid)
FOR NO KEY UPDATE

-- invoice.lock
SELECT t.status, t.dry_run
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
FOR NO KEY UPDATE OF t

-- Mutation.invoice_Update
SELECT NULL, t.status
FROM invoice t
WHERE t.tenant_id = $1 AND t.id = $2::uuid
