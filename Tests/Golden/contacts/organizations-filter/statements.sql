-- Query.contact
SELECT NULL, t.id
FROM contact t
WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.state IN ('LIVE', 'HIDDEN')
LIMIT 1

-- Query.organization
SELECT NULL, t.id
FROM organization t
WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.state IN ('LIVE', 'HIDDEN')
LIMIT 1

-- Contact.organizations.count
SELECT j.contact_id, count(DISTINCT j.organization_id)
FROM job_role j
JOIN organization t ON t.tenant_id = j.tenant_id AND t.id = j.organization_id AND t.state IN ('LIVE', 'HIDDEN')
WHERE j.tenant_id = $1 AND j.contact_id = ANY ($2::uuid[])
GROUP BY j.contact_id

-- Contact.organizations.count
SELECT j.contact_id, count(*)
FROM (
  SELECT DISTINCT tenant_id, contact_id, organization_id
  FROM job_role
  WHERE tenant_id = $1 AND contact_id = ANY ($2::uuid[]) AND organization_id IS NOT NULL
) j
JOIN organization t ON t.tenant_id = j.tenant_id AND t.id = j.organization_id
WHERE t.tenant_id = $1
  AND t.state IN ('LIVE', 'HIDDEN')
  AND (strpos(fold(t.name), fold($3::text)) > 0)
  AND j.contact_id = ANY ($2::uuid[])
GROUP BY j.contact_id

-- Contact.organizations
SELECT page.parent_key, t.name
FROM (
  SELECT j.contact_id AS parent_key,
    t.id,
    row_number() OVER (PARTITION BY j.contact_id ORDER BY t.created_at, t.id) AS place
  FROM (
    SELECT DISTINCT tenant_id, contact_id, organization_id
    FROM job_role
    WHERE tenant_id = $1 AND contact_id = ANY ($2::uuid[]) AND organization_id IS NOT NULL
  ) j
  JOIN organization t ON t.tenant_id = j.tenant_id AND t.id = j.organization_id
  WHERE t.tenant_id = $1
    AND t.state IN ('LIVE', 'HIDDEN')
    AND (strpos(fold(t.name), fold($3::text)) > 0)
    AND j.contact_id = ANY ($2::uuid[])
) page
JOIN organization t ON t.tenant_id = $1 AND t.id = page.id
WHERE page.place > $4 AND page.place <= $5
ORDER BY page.place

-- Organization.contacts.count
SELECT j.organization_id, count(*)
FROM (
  SELECT DISTINCT tenant_id, organization_id, contact_id
  FROM job_role
  WHERE tenant_id = $1 AND organization_id = ANY ($2::uuid[]) AND contact_id IS NOT NULL
) j
JOIN contact t ON t.tenant_id = j.tenant_id AND t.id = j.contact_id
WHERE t.tenant_id = $1
  AND t.state = 'LIVE'
  AND t.state IN ('LIVE', 'HIDDEN')
  AND ((fold(t.last_name) = fold($3::text)) IS NOT TRUE)
  AND j.organization_id = ANY ($2::uuid[])
GROUP BY j.organization_id

-- Organization.contacts
SELECT page.parent_key, t.name
FROM (
  SELECT j.organization_id AS parent_key,
    t.id,
    row_number() OVER (PARTITION BY j.organization_id ORDER BY fold(t.name), t.created_at, t.id) AS place
  FROM (
    SELECT DISTINCT tenant_id, organization_id, contact_id
    FROM job_role
    WHERE tenant_id = $1 AND organization_id = ANY ($2::uuid[]) AND contact_id IS NOT NULL
  ) j
  JOIN contact t ON t.tenant_id = j.tenant_id AND t.id = j.contact_id
  WHERE t.tenant_id = $1
    AND t.state = 'LIVE'
    AND t.state IN ('LIVE', 'HIDDEN')
    AND ((fold(t.last_name) = fold($3::text)) IS NOT TRUE)
    AND j.organization_id = ANY ($2::uuid[])
) page
JOIN contact t ON t.tenant_id = $1 AND t.id = page.id
WHERE page.place > $4 AND page.place <= $5
ORDER BY page.place
