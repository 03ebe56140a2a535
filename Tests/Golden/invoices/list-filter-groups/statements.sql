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
  AND (true)

-- Query.invoices
SELECT NULL, t.number
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
  AND (true)
ORDER BY t.due_date DESC, t.created_at DESC, t.id DESC
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
  AND (true)

-- Query.invoices
SELECT NULL, t.number
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
  AND (true)
ORDER BY t.due_date DESC, t.created_at DESC, t.id DESC
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
  AND (t.dry_run = $3::boolean)

-- Query.invoices
SELECT NULL, t.number
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
  AND (t.dry_run = $3::boolean)
ORDER BY t.due_date DESC, t.created_at DESC, t.id DESC
LIMIT $4
OFFSET $5

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
  AND (true)

-- Query.invoices
SELECT NULL, t.number
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
  AND (true)
ORDER BY t.due_date DESC, t.created_at DESC, t.id DESC
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
  AND (t.status = $3::text)

-- Query.invoices
SELECT NULL, t.number
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
  AND (t.status = $3::text)
ORDER BY t.due_date DESC, t.created_at DESC, t.id DESC
LIMIT $4
OFFSET $5

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
  AND ((t.preview = $3::boolean) AND (t.status = $4::text))

-- Query.invoices
SELECT NULL, t.number
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
  AND ((t.preview = $3::boolean) AND (t.status = $4::text))
ORDER BY t.due_date DESC, t.created_at DESC, t.id DESC
LIMIT $5
OFFSET $6
