-- contract.share
SELECT id
FROM contract
WHERE tenant_id = $1
  AND id = $2::uuid
  AND contract.state = 'LIVE'
  AND EXISTS (
    SELECT
    FROM organization o
    WHERE o.tenant_id = contract.tenant_id AND o.id = contract.organization_id AND o.state IN ('LIVE', 'HIDDEN')
  )
FOR SHARE

-- attachment.share
SELECT id
FROM attachment
WHERE tenant_id = $1 AND id = $2::uuid
FOR KEY SHARE

-- contract.add_attachment
INSERT INTO contract_attachment (tenant_id, contract_id, attachment_id)
VALUES ($1, $2::uuid, $3::uuid)
ON CONFLICT DO NOTHING

-- Mutation.contract_AddAttachment
SELECT NULL, t.id
FROM contract t
WHERE t.tenant_id = $1 AND t.id = $2::uuid

-- Contract.attachments
SELECT l.contract_id, t.id, t.file_name
FROM contract_attachment l
JOIN attachment t ON t.tenant_id = l.tenant_id AND t.id = l.attachment_id
WHERE l.tenant_id = $1 AND l.contract_id = ANY ($2::uuid[])
ORDER BY t.created_at, t.id

-- contract.share
SELECT id
FROM contract
WHERE tenant_id = $1
  AND id = $2::uuid
  AND contract.state = 'LIVE'
  AND EXISTS (
    SELECT
    FROM organization o
    WHERE o.tenant_id = contract.tenant_id AND o.id = contract.organization_id AND o.state IN ('LIVE', 'HIDDEN')
  )
FOR SHARE

-- attachment.share
SELECT id
FROM attachment
WHERE tenant_id = $1 AND id = $2::uuid
FOR KEY SHARE

-- contract.add_attachment
INSERT INTO contract_attachment (tenant_id, contract_id, attachment_id)
VALUES ($1, $2::uuid, $3::uuid)
ON CONFLICT DO NOTHING

-- Mutation.contract_AddAttachment
SELECT NULL, t.id
FROM contract t
WHERE t.tenant_id = $1 AND t.id = $2::uuid

-- Contract.attachments
SELECT l.contract_id, t.id
FROM contract_attachment l
JOIN attachment t ON t.tenant_id = l.tenant_id AND t.id = l.attachment_id
WHERE l.tenant_id = $1 AND l.contract_id = ANY ($2::uuid[])
ORDER BY t.created_at, t.id

-- contract.share
SELECT id
FROM contract
WHERE tenant_id = $1
  AND id = $2::uuid
  AND contract.state = 'LIVE'
  AND EXISTS (
    SELECT
    FROM organization o
    WHERE o.tenant_id = contract.tenant_id AND o.id = contract.organization_id AND o.state IN ('LIVE', 'HIDDEN')
  )
FOR SHARE

-- attachment.share
SELECT id
FROM attachment
WHERE tenant_id = $1 AND id = $2::uuid
FOR KEY SHARE

-- contract.remove_attachment
DELETE FROM contract_attachment
WHERE tenant_id = $1 AND contract_id = $2::uuid AND attachment_id = $3::uuid

-- Mutation.contract_RemoveAttachment
SELECT NULL, t.id
FROM contract t
WHERE t.tenant_id = $1 AND t.id = $2::uuid

-- Contract.attachments
SELECT l.contract_id, t.id
FROM contract_attachment l
JOIN attachment t ON t.tenant_id = l.tenant_id AND t.id = l.attachment_id
WHERE l.tenant_id = $1 AND l.contract_id = ANY ($2::uuid[])
ORDER BY t.created_at, t.id

-- contract.share
SELECT id
FROM contract
WHERE tenant_id = $1
  AND id = $2::uuid
  AND contract.state = 'LIVE'
  AND EXISTS (
    SELECT
    FROM organization o
    WHERE o.tenant_id = contract.tenant_id AND o.id = contract.organization_id AND o.state IN ('LIVE', 'HIDDEN')
  )
FOR SHARE

-- attachment.share
SELECT id
FROM attachment
WHERE tenant_id = $1 AND id = $2::uuid
FOR KEY SHARE

-- contract.remove_attachment
DELETE FROM contract_attachment
WHERE tenant_id = $1 AND contract_id = $2::uuid AND attachment_id = $3::uuid

-- Mutation.contract_RemoveAttachment
SELECT NULL, t.id
FROM contract t
WHERE t.tenant_id = $1 AND t.id = $2::uuid

-- Contract.attachments
SELECT l.contract_id, t.id
FROM contract_attachment l
JOIN attachment t ON t.tenant_id = l.tenant_id AND t.id = l.attachment_id
WHERE l.tenant_id = $1 AND l.contract_id = ANY ($2::uuid[])
ORDER BY t.created_at, t.id
