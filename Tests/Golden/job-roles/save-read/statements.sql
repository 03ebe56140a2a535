-- Query.contact
SELECT NULL, t.id
FROM contact t
WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.state IN ('LIVE', 'HIDDEN')
LIMIT 1

-- Contact.jobRoles
SELECT t.contact_id, nullif(t.job_title, ''), t.is_primary, t.company, t.organization_id
FROM job_role t
WHERE t.tenant_id = $1 AND t.contact_id = ANY ($2::uuid[])
ORDER BY t.job_title, t.created_at, t.id

-- JobRole.organization
SELECT t.id, t.name
FROM organization t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state IN ('LIVE', 'HIDDEN')
