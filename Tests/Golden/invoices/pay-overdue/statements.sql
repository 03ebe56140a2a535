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

-- Mutation.invoice_Pay
SELECT NULL,
  t.status,
  t.status = 'PAID',
  CASE t.status WHEN 'PAID' THEN t.total ELSE 0 END,
  CASE t.status WHEN 'PAID' THEN 0 ELSE t.total END
FROM invoice t
WHERE t.tenant_id = $1 AND t.id = $2::uuid
