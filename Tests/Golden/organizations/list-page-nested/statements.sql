-- Query.organizations
SELECT NULL, t.name, t.id, t.owner_id
FROM organization t
WHERE t.tenant_id = $1 AND t.state IN ('LIVE', 'HIDDEN')
ORDER BY fold(t.name), t.created_at, t.id
LIMIT $2
OFFSET $3

-- Organization.domains
SELECT organization_id, domain
FROM organization_domain
WHERE tenant_id = $1 AND organization_id = ANY ($2::uuid[])
ORDER BY domain

-- Organization.tags
SELECT l.organization_id, t.name
FROM organization_tag l
JOIN tag t ON t.tenant_id = l.tenant_id AND t.id = l.tag_id
WHERE l.tenant_id = $1 AND l.organization_id = ANY ($2::uuid[])
ORDER BY l.tagged_at, t.name, t.id

-- Organization.owner
SELECT t.id, nullif(coalesce(nullif(t.name, ''), trim(t.first_name || ' ' || t.last_name)), '')
FROM app_user t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state = 'LIVE'

-- Organization.opportunities
SELECT t.organization_id, t.name, t.owner_id
FROM opportunity t
WHERE t.tenant_id = $1 AND t.organization_id = ANY ($2::uuid[]) AND t.state = 'LIVE' AND t.internal_stage <> 'SUSPENDED'
ORDER BY t.created_at DESC, t.id DESC

-- Organization.contacts.count
SELECT j.organization_id, count(DISTINCT j.contact_id)
FROM job_role j
JOIN contact t ON t.tenant_id = j.tenant_id AND t.id = j.contact_id AND t.state = 'LIVE'
WHERE j.tenant_id = $1 AND j.organization_id = ANY ($2::uuid[])
GROUP BY j.organization_id

-- Organization.contacts
SELECT page.parent_key, t.name
FROM (
  SELECT j.organization_id AS parent_key,
    t.id,
    row_number() OVER (PARTITION BY j.organization_id ORDER BY fold(t.last_name), t.created_at, t.id) AS place
  FROM (
    SELECT DISTINCT tenant_id, organization_id, contact_id
    FROM job_role
    WHERE tenant_id = $1 AND organization_id = ANY ($2::uuid[]) AND contact_id IS NOT NULL
  ) j
  JOIN contact t ON t.tenant_id = j.tenant_id AND t.id = j.contact_id
  WHERE t.tenant_id = $1 AND t.state = 'LIVE' AND t.state IN ('LIVE', 'HIDDEN') AND j.organization_id = ANY ($2::uuid[])
) page
JOIN contact t ON t.tenant_id = $1 AND t.id = page.id
WHERE page.place > $3 AND page.place <= $4
ORDER BY page.place

-- Opportunity.owner
SELECT t.id, nullif(coalesce(nullif(t.name, ''), trim(t.first_name || ' ' || t.last_name)), '')
FROM app_user t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state = 'LIVE'
