-- organization_subsidiary.lock
SELECT pg_advisory_xact_lock(hashtextextended('organization_subsidiary', $1::integer))

-- organization.lock_all
SELECT id
FROM organization
WHERE tenant_id = $1 AND id = ANY ($2::uuid[]) AND state IN ('LIVE', 'HIDDEN')
ORDER BY id
FOR NO KEY UPDATE

-- organization_subsidiary.is_above
WITH RECURSIVE above (id) AS (
  SELECT parent_id
  FROM organization_subsidiary
  WHERE tenant_id = $1 AND subsidiary_id = $2::uuid
  UNION
  SELECT s.parent_id
  FROM above
  JOIN organization_subsidiary s ON s.tenant_id = $1 AND s.subsidiary_id = above.id
)
SELECT EXISTS (SELECT FROM above WHERE id = $3::uuid)
