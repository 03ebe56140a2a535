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

-- Query.organization
SELECT NULL, t.name, t.state = 'HIDDEN', t.id
FROM organization t
WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.state IN ('LIVE', 'HIDDEN')
LIMIT 1

-- Query.organizations.count
SELECT count(*)
FROM organization t
WHERE t.tenant_id = $1 AND t.state IN ('LIVE', 'HIDDEN') AND ((t.state = 'HIDDEN') = $2::boolean)

-- Query.organizations
SELECT NULL, t.name
FROM organization t
WHERE t.tenant_id = $1 AND t.state IN ('LIVE', 'HIDDEN') AND ((t.state = 'HIDDEN') = $2::boolean)
ORDER BY t.created_at, t.id
LIMIT $3
OFFSET $4

-- Organization.contactCount
SELECT j.organization_id, count(DISTINCT j.contact_id)
FROM job_role j
JOIN contact c ON c.tenant_id = j.tenant_id AND c.id = j.contact_id AND c.state = 'LIVE'
WHERE j.tenant_id = $1 AND j.organization_id = ANY ($2::uuid[])
GROUP BY j.organization_id
