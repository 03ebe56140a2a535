-- Query.global_Cache
SELECT NULL,
  EXISTS (
    SELECT
    FROM organization o
    WHERE o.tenant_id = t.id AND o.owner_id = t.user_id AND o.state IN ('LIVE', 'HIDDEN')
  ),
  ARRAY(
    SELECT DISTINCT p.locality
    FROM contact c
    JOIN contact_location l ON l.tenant_id = c.tenant_id AND l.contact_id = c.id
    JOIN location p ON p.tenant_id = l.tenant_id AND p.id = l.location_id
    WHERE c.tenant_id = t.id AND c.state = 'LIVE' AND p.locality <> ''
    ORDER BY 1
  ),
  t.is_platform_owner
FROM (SELECT id, $2::uuid AS user_id, $3::boolean AS is_platform_owner FROM tenant WHERE id = $1) t

-- then

-- Query.global_Cache
SELECT NULL
FROM (SELECT id, $2::uuid AS user_id, $3::boolean AS is_platform_owner FROM tenant WHERE id = $1) t
