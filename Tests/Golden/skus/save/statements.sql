-- sku.insert
INSERT INTO sku (tenant_id, id, name, price, type)
VALUES ($1, $2::uuid, $3, $4::numeric, $5)

-- Mutation.sku_Save
SELECT NULL, t.name, t.price, t.type, t.state = 'ARCHIVED'
FROM sku t
WHERE t.tenant_id = $1 AND t.id = $2::uuid

-- then

-- sku.update
UPDATE sku
SET name = $3, price = $4::numeric, type = $5, updated_at = now()
WHERE tenant_id = $1 AND id = $2::uuid
RETURNING id

-- Mutation.sku_Save
SELECT NULL, t.id, t.name, t.price, t.type
FROM sku t
WHERE t.tenant_id = $1 AND t.id = $2::uuid

-- then

-- sku.update
UPDATE sku
SET name = $3, price = $4::numeric, type = $5, updated_at = now()
WHERE tenant_id = $1 AND id = $2::uuid
RETURNING id
