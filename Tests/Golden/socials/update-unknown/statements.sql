-- social.update
UPDATE social
SET url = $3,
  url_key = $4,
  alias = $5,
  updated_at = now(),
  external_id = CASE WHEN url_key = $4 THEN external_id ELSE '' END
WHERE tenant_id = $1 AND id = $2::uuid
RETURNING id
