-- Query.invoice
SELECT NULL, t.number
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

-- then

-- Query.invoice_ByNumber
SELECT NULL, t.id, t.preview
FROM invoice t
WHERE t.tenant_id = $1
  AND t.number = $2
  AND t.number <> ''
  AND (NOT t.dry_run OR t.preview)
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
ORDER BY t.dry_run, t.created_at DESC, t.id
LIMIT 1

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
