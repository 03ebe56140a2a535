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

-- no statement

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
