-- Query.invoices.count
SELECT count(*)
FROM invoice t
JOIN contract c ON c.tenant_id = t.tenant_id AND c.id = t.contract_id
WHERE t.tenant_id = $1
  AND t.status NOT IN ('INITIALIZED', 'EMPTY')
  AND ($2::uuid IS NULL OR c.organization_id = $2::uuid)
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

-- Query.invoices
SELECT NULL, t.number, t.status
FROM invoice t
JOIN contract c ON c.tenant_id = t.tenant_id AND c.id = t.contract_id
WHERE t.tenant_id = $1
  AND t.status NOT IN ('INITIALIZED', 'EMPTY')
  AND ($2::uuid IS NULL OR c.organization_id = $2::uuid)
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
ORDER BY fold(c.name), t.created_at, t.id
LIMIT $3
OFFSET $4

-- then

-- Query.invoices.count
SELECT count(*)
FROM invoice t
JOIN contract c ON c.tenant_id = t.tenant_id AND c.id = t.contract_id
WHERE t.tenant_id = $1
  AND t.status NOT IN ('INITIALIZED', 'EMPTY')
  AND ($2::uuid IS NULL OR c.organization_id = $2::uuid)
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

-- Query.invoices
SELECT NULL, t.number, t.status
FROM invoice t
JOIN contract c ON c.tenant_id = t.tenant_id AND c.id = t.contract_id
WHERE t.tenant_id = $1
  AND t.status NOT IN ('INITIALIZED', 'EMPTY')
  AND ($2::uuid IS NULL OR c.organization_id = $2::uuid)
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
ORDER BY c.ended_at DESC NULLS LAST, t.created_at DESC, t.id DESC
LIMIT $3
OFFSET $4

-- then

-- Query.invoices.count
SELECT count(*)
FROM invoice t
JOIN contract c ON c.tenant_id = t.tenant_id AND c.id = t.contract_id
WHERE t.tenant_id = $1
  AND t.status NOT IN ('INITIALIZED', 'EMPTY')
  AND ($2::uuid IS NULL OR c.organization_id = $2::uuid)
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

-- Query.invoices
SELECT NULL, t.number, t.status
FROM invoice t
JOIN contract c ON c.tenant_id = t.tenant_id AND c.id = t.contract_id
WHERE t.tenant_id = $1
  AND t.status NOT IN ('INITIALIZED', 'EMPTY')
  AND ($2::uuid IS NULL OR c.organization_id = $2::uuid)
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
ORDER BY t.created_at DESC, t.created_at DESC, t.id DESC
LIMIT $3
OFFSET $4

-- then

-- Query.invoices.count
SELECT count(*)
FROM invoice t
JOIN contract c ON c.tenant_id = t.tenant_id AND c.id = t.contract_id
WHERE t.tenant_id = $1
  AND t.status NOT IN ('INITIALIZED', 'EMPTY')
  AND ($2::uuid IS NULL OR c.organization_id = $2::uuid)
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

-- Query.invoices
SELECT NULL, t.number, t.status
FROM invoice t
JOIN contract c ON c.tenant_id = t.tenant_id AND c.id = t.contract_id
WHERE t.tenant_id = $1
  AND t.status NOT IN ('INITIALIZED', 'EMPTY')
  AND ($2::uuid IS NULL OR c.organization_id = $2::uuid)
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
ORDER BY t.due_date, t.created_at, t.id
LIMIT $3
OFFSET $4

-- then

-- Query.invoices.count
SELECT count(*)
FROM invoice t
JOIN contract c ON c.tenant_id = t.tenant_id AND c.id = t.contract_id
WHERE t.tenant_id = $1
  AND t.status NOT IN ('INITIALIZED', 'EMPTY')
  AND ($2::uuid IS NULL OR c.organization_id = $2::uuid)
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

-- Query.invoices
SELECT NULL, t.number, t.status
FROM invoice t
JOIN contract c ON c.tenant_id = t.tenant_id AND c.id = t.contract_id
WHERE t.tenant_id = $1
  AND t.status NOT IN ('INITIALIZED', 'EMPTY')
  AND ($2::uuid IS NULL OR c.organization_id = $2::uuid)
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
ORDER BY t.issued_date, t.created_at, t.id
LIMIT $3
OFFSET $4

-- then

-- Query.invoices.count
SELECT count(*)
FROM invoice t
JOIN contract c ON c.tenant_id = t.tenant_id AND c.id = t.contract_id
WHERE t.tenant_id = $1
  AND t.status NOT IN ('INITIALIZED', 'EMPTY')
  AND ($2::uuid IS NULL OR c.organization_id = $2::uuid)
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

-- Query.invoices
SELECT NULL, t.number, t.status
FROM invoice t
JOIN contract c ON c.tenant_id = t.tenant_id AND c.id = t.contract_id
WHERE t.tenant_id = $1
  AND t.status NOT IN ('INITIALIZED', 'EMPTY')
  AND ($2::uuid IS NULL OR c.organization_id = $2::uuid)
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
ORDER BY t.status DESC, t.created_at DESC, t.id DESC
LIMIT $3
OFFSET $4

-- then

-- no statement
