-- tag.find_by_name
SELECT id
FROM tag
WHERE tenant_id = $1 AND name = $2
FOR KEY SHARE

-- tag.insert
INSERT INTO tag (tenant_id, id, name, color_code, entity_type)
VALUES ($1, $2::uuid, $3, coalesce($4, ''), coalesce($5, 'ORGANIZATION'))
ON CONFLICT (tenant_id, name) DO NOTHING
RETURNING id

-- Mutation.tag_Create
SELECT NULL, t.id, t.name, t.color_code, t.entity_type, coalesce(nullif(t.source, ''), 'NA'), t.app_source, t.created_at
FROM tag t
WHERE t.tenant_id = $1 AND t.id = $2::uuid

-- tag.find_by_name
SELECT id
FROM tag
WHERE tenant_id = $1 AND name = $2
FOR KEY SHARE

-- Mutation.tag_Create
SELECT NULL, t.name, t.color_code, t.entity_type
FROM tag t
WHERE t.tenant_id = $1 AND t.id = $2::uuid
