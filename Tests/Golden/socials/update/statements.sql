-- social.update
UPDATE social
SET url = $3,
  url_key = $4,
  alias = $5,
  updated_at = now(),
  external_id = CASE WHEN url_key = $4 THEN external_id ELSE '' END
WHERE tenant_id = $1 AND id = $2::uuid
RETURNING id

-- Mutation.social_Update
SELECT NULL,
  t.id,
  t.url,
  t.alias,
  t.followers_count,
  t.external_id,
  coalesce(nullif(t.source, ''), 'NA'),
  t.app_source,
  t.created_at
FROM social t
WHERE t.tenant_id = $1 AND t.id = $2::uuid
