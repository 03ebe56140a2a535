-- sku.archive
UPDATE sku
SET state = 'ARCHIVED',
  state_changed_at = CASE state WHEN 'LIVE' THEN now() ELSE state_changed_at END,
  updated_at = CASE state WHEN 'LIVE' THEN now() ELSE updated_at END
WHERE tenant_id = $1 AND id = $2::uuid
RETURNING id

-- sku.archive
UPDATE sku
SET state = 'ARCHIVED',
  state_changed_at = CASE state WHEN 'LIVE' THEN now() ELSE state_changed_at END,
  updated_at = CASE state WHEN 'LIVE' THEN now() ELSE updated_at END
WHERE tenant_id = $1 AND id = $2::uuid
RETURNING id

-- sku.archive
UPDATE sku
SET state = 'ARCHIVED',
  state_changed_at = CASE state WHEN 'LIVE' THEN now() ELSE state_changed_at END,
  updated_at = CASE state WHEN 'LIVE' THEN now() ELSE updated_at END
WHERE tenant_id = $1 AND id = $2::uuid
RETURNING id

-- then

-- Query.skus
SELECT NULL, t.id, t.name
FROM sku t
WHERE t.tenant_id = $1 AND t.state = 'LIVE'
ORDER BY t.created_at, t.id
