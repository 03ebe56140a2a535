-- tag.find_by_id
SELECT id
FROM tag
WHERE tenant_id = $1 AND id = $2::uuid
FOR KEY SHARE

-- tag.find_by_id
SELECT id
FROM tag
WHERE tenant_id = $1 AND id = $2::uuid
FOR KEY SHARE

-- tag.update
UPDATE tag
SET name = coalesce($3, name), color_code = coalesce($4, color_code), updated_at = now()
WHERE tenant_id = $1 AND id = $2::uuid
