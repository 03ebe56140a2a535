-- organization.archive
WITH found AS (
  SELECT id, state
  FROM organization
  WHERE tenant_id = $1 AND id = ANY ($2::uuid[]) AND state <> 'MERGED'
  ORDER BY id
  FOR NO KEY UPDATE
),
changed AS (
  UPDATE organization o
  SET state = 'ARCHIVED', state_changed_at = now(), updated_at = now()
  FROM found
  WHERE o.tenant_id = $1 AND o.id = found.id AND found.state <> 'ARCHIVED'
)
SELECT id
FROM found

-- organization.archive
WITH found AS (
  SELECT id, state
  FROM organization
  WHERE tenant_id = $1 AND id = ANY ($2::uuid[]) AND state <> 'MERGED'
  ORDER BY id
  FOR NO KEY UPDATE
),
changed AS (
  UPDATE organization o
  SET state = 'ARCHIVED', state_changed_at = now(), updated_at = now()
  FROM found
  WHERE o.tenant_id = $1 AND o.id = found.id AND found.state <> 'ARCHIVED'
)
SELECT id
FROM found
