-- tag.find_by_id
SELECT id
FROM tag
WHERE tenant_id = $1 AND id = $2::uuid
FOR KEY SHARE

-- tag.update
UPDATE tag
SET name = coalesce($3, name), color_code = coalesce($4, color_code), updated_at = now()
WHERE tenant_id = $1 AND id = $2::uuid

-- Mutation.tag_Update
SELECT NULL, t.name, t.color_code
FROM tag t
WHERE t.tenant_id = $1 AND t.id = $2::uuid

-- tag.find_by_id
SELECT id
FROM tag
WHERE tenant_id = $1 AND id = $2::uuid
FOR KEY SHARE

-- Mutation.tag_Update
SELECT NULL, t.name, t.color_code
FROM tag t
WHERE t.tenant_id = $1 AND t.id = $2::uuid

-- tag.find_by_id
SELECT id
FROM tag
WHERE tenant_id = $1 AND id = $2::uuid
FOR KEY SHARE

-- tag.update
UPDATE tag
SET name = coalesce($3, name), color_code = coalesce($4, color_code), updated_at = now()
WHERE tenant_id = $1 AND id = $2::uuid

-- Mutation.tag_Update
SELECT NULL, t.name, t.color_code
FROM tag t
WHERE t.tenant_id = $1 AND t.id = $2::uuid
