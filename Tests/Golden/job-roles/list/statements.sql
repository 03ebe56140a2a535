-- Query.jobRoles
SELECT NULL,
  t.id,
  nullif(t.job_title, ''),
  t.is_primary,
  t.description,
  t.company,
  t.started_at,
  t.ended_at,
  coalesce(nullif(t.source, ''), 'NA'),
  t.app_source,
  t.organization_id,
  t.contact_id
FROM job_role t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[])
ORDER BY array_position($2::uuid[], t.id)

-- JobRole.organization
SELECT t.id, t.name
FROM organization t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state IN ('LIVE', 'HIDDEN')

-- JobRole.contact
SELECT t.id, t.name
FROM contact t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state IN ('LIVE', 'HIDDEN')
