-- Query.contract
SELECT NULL, t.id
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

-- Contract.invoices
SELECT t.contract_id, t.number, t.status
FROM invoice t
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
  AND NOT t.dry_run
  AND t.status <> 'INITIALIZED'
ORDER BY t.issued_date DESC, t.created_at DESC, t.id

-- Contract.upcomingInvoices
SELECT t.contract_id, t.number, t.status, t.total
FROM invoice t
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
  AND t.preview
  AND t.status <> 'INITIALIZED'
  AND t.issued_date >= (SELECT now())::date
ORDER BY t.issued_date, t.created_at, t.id

-- then

-- Query.contract
SELECT NULL, t.id
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

-- Contract.invoices
SELECT t.contract_id, t.status
FROM invoice t
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
  AND NOT t.dry_run
  AND t.status <> 'INITIALIZED'
ORDER BY t.issued_date DESC, t.created_at DESC, t.id

-- Contract.upcomingInvoices
SELECT t.contract_id, t.status
FROM invoice t
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
  AND t.preview
  AND t.status <> 'INITIALIZED'
  AND t.issued_date >= (SELECT now())::date
ORDER BY t.issued_date, t.created_at, t.id
