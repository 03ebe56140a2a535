-- Query.contact
SELECT NULL, t.id
FROM contact t
WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.state IN ('LIVE', 'HIDDEN')
LIMIT 1

-- Contact.organizations.count
SELECT j.contact_id, count(DISTINCT j.organization_id)
FROM job_role j
JOIN organization t ON t.tenant_id = j.tenant_id AND t.id = j.organization_id AND t.state IN ('LIVE', 'HIDDEN')
WHERE j.tenant_id = $1 AND j.contact_id = ANY ($2::uuid[])
GROUP BY j.contact_id

-- Contact.organizations
SELECT page.parent_key, t.name
FROM (
  SELECT j.contact_id AS parent_key,
    t.id,
    row_number() OVER (PARTITION BY j.contact_id ORDER BY fold(t.name) DESC, t.created_at DESC, t.id DESC) AS place
  FROM (
    SELECT DISTINCT tenant_id, contact_id, organization_id
    FROM job_role
    WHERE tenant_id = $1 AND contact_id = ANY ($2::uuid[]) AND organization_id IS NOT NULL
  ) j
  JOIN organization t ON t.tenant_id = j.tenant_id AND t.id = j.organization_id
  WHERE t.tenant_id = $1 AND t.state IN ('LIVE', 'HIDDEN') AND j.contact_id = ANY ($2::uuid[])
) page
JOIN organization t ON t.tenant_id = $1 AND t.id = page.id
WHERE page.place > $3 AND page.place <= $4
ORDER BY page.place
