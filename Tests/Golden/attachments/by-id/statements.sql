-- Query.attachment
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
LIMIT 1

-- then

-- Query.attachment
SELECT NULL, t.id
FROM attachment t
WHERE t.tenant_id = $1 AND t.id = $2::uuid
LIMIT 1

-- then

-- no statement
