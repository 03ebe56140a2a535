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

-- contract.is_invoiced
SELECT EXISTS (SELECT FROM invoice WHERE tenant_id = $1 AND contract_id = $2::uuid AND NOT dry_run)

-- contract.archive
UPDATE contract
SET state = 'ARCHIVED', state_changed_at = now(), updated_at = now()
WHERE tenant_id = $1 AND id = $2::uuid

-- contract.archive_renewals
UPDATE opportunity
SET state = 'ARCHIVED', state_changed_at = now(), updated_at = now()
WHERE tenant_id = $1 AND contract_id = $2::uuid AND state = 'LIVE' AND internal_stage IN ('OPEN', 'SUSPENDED')

-- contract.delete_previews
DELETE FROM invoice
WHERE tenant_id = $1 AND contract_id = $2::uuid AND preview

-- contract.refresh_organization
CALL renewal_refresh($1::integer, ARRAY[$2::uuid])

-- then

-- Query.opportunity
SELECT NULL, t.name
FROM opportunity t
WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.state = 'LIVE' AND t.internal_stage <> 'SUSPENDED'
LIMIT 1

-- Query.serviceLineItem
SELECT NULL, t.name
FROM service_line_item t
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

-- Query.organization
SELECT NULL, t.id, coalesce(t.renewal_arr, 0), coalesce(t.renewal_max_arr, 0), t.next_renewal_at
FROM organization t
WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.state IN ('LIVE', 'HIDDEN')
LIMIT 1

-- Organization.contracts
SELECT t.organization_id, t.name
FROM contract t
WHERE t.tenant_id = $1
  AND t.organization_id = ANY ($2::uuid[])
  AND t.state = 'LIVE'
  AND EXISTS (
    SELECT
    FROM organization o
    WHERE o.tenant_id = t.tenant_id AND o.id = t.organization_id AND o.state IN ('LIVE', 'HIDDEN')
  )
ORDER BY t.created_at DESC, t.id DESC

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

-- contract.is_invoiced
SELECT EXISTS (SELECT FROM invoice WHERE tenant_id = $1 AND contract_id = $2::uuid AND NOT dry_run)

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

-- contract.is_invoiced
SELECT EXISTS (SELECT FROM invoice WHERE tenant_id = $1 AND contract_id = $2::uuid AND NOT dry_run)
