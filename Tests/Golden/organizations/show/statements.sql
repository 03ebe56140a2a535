-- organization.show_all
WITH found AS (
  SELECT id, state
  FROM organization
  WHERE tenant_id = $1 AND id = ANY ($2::uuid[]) AND state IN ('LIVE', 'HIDDEN')
  ORDER BY id
  FOR NO KEY UPDATE
),
changed AS (
  UPDATE organization o
  SET state = 'LIVE', state_changed_at = now(), updated_at = now()
  FROM found
  WHERE o.tenant_id = $1 AND o.id = found.id AND found.state = 'HIDDEN'
)
SELECT id
FROM found

-- organization.refresh_touchpoint
CALL organization_touchpoint_refresh($1::integer, $2::uuid[])

-- then

-- Query.organization
SELECT NULL, t.state = 'HIDDEN', t.last_touchpoint_type
FROM organization t
WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.state IN ('LIVE', 'HIDDEN')
LIMIT 1
