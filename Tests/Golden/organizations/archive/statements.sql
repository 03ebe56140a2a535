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

-- then

-- Query.organization
SELECT NULL, t.name
FROM organization t
WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.state IN ('LIVE', 'HIDDEN')
LIMIT 1

-- Query.organizations.count
SELECT coalesce(sum(count), 0)
FROM kept_count_now
WHERE tenant_id = $1 AND subject = 'organization' AND state IN ('LIVE', 'HIDDEN')

-- Query.organizations
SELECT NULL, t.name, t.id
FROM organization t
WHERE t.tenant_id = $1 AND t.state IN ('LIVE', 'HIDDEN')
ORDER BY fold(t.name), t.created_at, t.id
LIMIT $2
OFFSET $3

-- Query.contacts
SELECT NULL, t.name, t.id
FROM contact t
WHERE t.tenant_id = $1 AND t.state = 'LIVE' AND t.state IN ('LIVE', 'HIDDEN')
ORDER BY t.created_at, t.id
LIMIT $2
OFFSET $3

-- Organization.subsidiaries
SELECT t.parent_id, t.subsidiary_id
FROM organization_subsidiary t
JOIN organization o ON o.tenant_id = t.tenant_id AND o.id = t.subsidiary_id
WHERE t.tenant_id = $1 AND t.parent_id = ANY ($2::uuid[]) AND o.state = 'LIVE'
ORDER BY o.name, o.created_at, o.id

-- Contact.organizations.count
SELECT j.contact_id, count(DISTINCT j.organization_id)
FROM job_role j
JOIN organization t ON t.tenant_id = j.tenant_id AND t.id = j.organization_id AND t.state IN ('LIVE', 'HIDDEN')
WHERE j.tenant_id = $1 AND j.contact_id = ANY ($2::uuid[])
GROUP BY j.contact_id

-- LinkedOrganization.organization
SELECT t.id, t.name
FROM organization t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state IN ('LIVE', 'HIDDEN')
