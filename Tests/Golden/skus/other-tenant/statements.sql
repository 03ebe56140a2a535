-- sku.update
UPDATE sku
SET name = $3, price = $4::numeric, type = $5, updated_at = now()
WHERE tenant_id = $1 AND id = $2::uuid
RETURNING id

-- then

-- sku.archive
UPDATE sku
SET state = 'ARCHIVED',
  state_changed_at = CASE state WHEN 'LIVE' THEN now() ELSE state_changed_at END,
  updated_at = CASE state WHEN 'LIVE' THEN now() ELSE updated_at END
WHERE tenant_id = $1 AND id = $2::uuid
RETURNING id
