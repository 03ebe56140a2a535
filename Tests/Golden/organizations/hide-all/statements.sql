-- organization.hide
WITH found AS (
  SELECT id, state
  FROM organization
  WHERE tenant_id = $1 AND id = ANY ($2::uuid[]) AND state IN ('LIVE', 'HIDDEN')
  ORDER BY id
  FOR NO KEY UPDATE
),
changed AS (
  UPDATE organization o
  SET state = 'HIDDEN', state_changed_at = now(), updated_at = now()
  FROM found
  WHERE o.tenant_id = $1 AND o.id = found.id AND found.state = 'LIVE'
)
SELECT id
FROM found

-- organization.hide
WITH found AS (
  SELECT id, state
  FROM organization
  WHERE tenant_id = $1 AND id = ANY ($2::uuid[]) AND state IN ('LIVE', 'HIDDEN')
  ORDER BY id
  FOR NO KEY UPDATE
),
changed AS (
  UPDATE organization o
  SET state = 'HIDDEN', state_changed_at = now(), updated_at = now()
  FROM found
  WHERE o.tenant_id = $1 AND o.id = found.id AND found.state = 'LIVE'
)
SELECT id
FROM found

-- then

-- Query.organizations.count
SELECT coalesce(sum(count), 0)
FROM kept_count_now
WHERE tenant_id = $1 AND subject = 'organization' AND state IN ('LIVE', 'HIDDEN')

-- Query.organizations
SELECT NULL, t.name, t.state = 'HIDDEN'
FROM organization t
WHERE t.tenant_id = $1 AND t.state IN ('LIVE', 'HIDDEN')
ORDER BY fold(t.name), t.created_at, t.id
LIMIT $2
OFFSET $3
