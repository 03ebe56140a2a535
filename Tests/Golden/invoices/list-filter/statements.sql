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
  AND (t.status = ANY ($3::text[]))

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
  AND (t.status = ANY ($3::text[]))
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
  AND (t.dry_run = $3::boolean)

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
  AND (t.dry_run = $3::boolean)

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
  AND (t.preview = $3::boolean)

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
  AND (t.preview = $3::boolean)
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
  AND (t.number = $3::text)

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
  AND (t.number = $3::text)
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
  AND (t.number = $3::text)

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
  AND (t.number = $3::text)
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
  AND (strpos(fold(c.name), fold($3::text)) > 0)

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
  AND (strpos(fold(c.name), fold($3::text)) > 0)
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
  AND (
    (
      CASE c.billing_cycle_in_months
        WHEN 0 THEN 'NONE'
        WHEN 1 THEN 'MONTHLY'
        WHEN 3 THEN 'QUARTERLY'
        WHEN 12 THEN 'ANNUALLY'
      END
    ) = $3::text
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
  AND (
    (
      CASE c.billing_cycle_in_months
        WHEN 0 THEN 'NONE'
        WHEN 1 THEN 'MONTHLY'
        WHEN 3 THEN 'QUARTERLY'
        WHEN 12 THEN 'ANNUALLY'
      END
    ) = $3::text
  )
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
  AND ((c.ended_at IS NOT NULL) = $3::boolean)

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
  AND ((c.ended_at IS NOT NULL) = $3::boolean)
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
  AND ((t.issued_date::timestamptz) BETWEEN $3::timestamptz AND $4::timestamptz)

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
  AND ((t.issued_date::timestamptz) BETWEEN $3::timestamptz AND $4::timestamptz)
ORDER BY t.due_date DESC, t.created_at DESC, t.id DESC
LIMIT $5
OFFSET $6
