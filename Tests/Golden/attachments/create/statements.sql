-- attachment.insert
INSERT INTO attachment (tenant_id, id, created_at, base_path, cdn_url, file_name, mime_type, size, app_source)
VALUES ($1, $2::uuid, coalesce($3::timestamptz, now()), $4, $5, $6, $7, $8::bigint, $9)
ON CONFLICT (tenant_id, id) DO NOTHING

-- Mutation.attachment_Create
SELECT NULL,
  t.id,
  t.created_at,
  t.base_path,
  t.cdn_url,
  t.file_name,
  t.mime_type,
  t.size,
  coalesce(nullif(t.source, ''), 'NA'),
  t.app_source
FROM attachment t
WHERE t.tenant_id = $1 AND t.id = $2::uuid

-- then

-- attachment.insert
INSERT INTO attachment (tenant_id, id, created_at, base_path, cdn_url, file_name, mime_type, size, app_source)
VALUES ($1, $2::uuid, coalesce($3::timestamptz, now()), $4, $5, $6, $7, $8::bigint, $9)
ON CONFLICT (tenant_id, id) DO NOTHING

-- Mutation.attachment_Create
SELECT NULL, t.id, t.file_name
FROM attachment t
WHERE t.tenant_id = $1 AND t.id = $2::uuid

-- then

-- attachment.insert
INSERT INTO attachment (tenant_id, id, created_at, base_path, cdn_url, file_name, mime_type, size, app_source)
VALUES ($1, $2::uuid, coalesce($3::timestamptz, now()), $4, $5, $6, $7, $8::bigint, $9)
ON CONFLICT (tenant_id, id) DO NOTHING

-- Mutation.attachment_Create
SELECT NULL, t.id, t.file_name, t.size
FROM attachment t
WHERE t.tenant_id = $1 AND t.id = $2::uuid

-- then

-- no statement

-- then

-- no statement
