-- Query.global_Cache
SELECT NULL,
  EXISTS (
    SELECT
    FROM organization o
    WHERE o.tenant_id = t.id AND o.owner_id = t.user_id AND o.state IN ('LIVE', 'HIDDEN')
  ),
  coalesce(
    (SELECT min(o.renewal_arr) FROM organization o WHERE o.tenant_id = t.id AND o.state IN ('LIVE', 'HIDDEN')),
    0
  ),
  coalesce(
    (SELECT max(o.renewal_arr) FROM organization o WHERE o.tenant_id = t.id AND o.state IN ('LIVE', 'HIDDEN')),
    0
  ),
  EXISTS (SELECT FROM contract c WHERE c.tenant_id = t.id),
  coalesce(
    (
      SELECT a.cdn_url
      FROM tenant_setting s
      JOIN attachment a ON a.tenant_id = s.tenant_id AND a.id::text = lower(s.logo_repository_file_id)
      WHERE s.tenant_id = t.id
    ),
    ''
  ),
  ARRAY(
    SELECT DISTINCT p.locality
    FROM contact c
    JOIN contact_location l ON l.tenant_id = c.tenant_id AND l.contact_id = c.id
    JOIN location p ON p.tenant_id = l.tenant_id AND p.id = l.location_id
    WHERE c.tenant_id = t.id AND c.state = 'LIVE' AND p.locality <> ''
    ORDER BY 1
  ),
  ARRAY(
    SELECT DISTINCT p.region
    FROM contact c
    JOIN contact_location l ON l.tenant_id = c.tenant_id AND l.contact_id = c.id
    JOIN location p ON p.tenant_id = l.tenant_id AND p.id = l.location_id
    WHERE c.tenant_id = t.id AND c.state = 'LIVE' AND p.region <> ''
    ORDER BY 1
  ),
  t.is_platform_owner
FROM (SELECT id, $2::uuid AS user_id, $3::boolean AS is_platform_owner FROM tenant WHERE id = $1) t

-- GlobalCache.user
SELECT NULL, nullif(coalesce(nullif(t.name, ''), trim(t.first_name || ' ' || t.last_name)), ''), t.id
FROM app_user t
WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.state = 'LIVE'

-- User.emails
SELECT l.user_id, coalesce(nullif(t.email, ''), t.raw_email)
FROM user_email l
JOIN email t ON t.tenant_id = l.tenant_id AND t.id = l.email_id
WHERE l.tenant_id = $1 AND l.user_id = ANY ($2::uuid[])
ORDER BY t.email, t.raw_email, t.id
