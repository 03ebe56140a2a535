-- job_role.find
SELECT contact_id
FROM job_role
WHERE tenant_id = $1 AND id = $2::uuid AND contact_id IS NOT NULL
