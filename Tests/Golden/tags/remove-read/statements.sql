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

-- Contact.tags
SELECT l.contact_id, t.name
FROM contact_tag l
JOIN tag t ON t.tenant_id = l.tenant_id AND t.id = l.tag_id
WHERE l.tenant_id = $1 AND l.contact_id = ANY ($2::uuid[])
ORDER BY l.tagged_at, t.name, t.id

-- Organization.tags
SELECT l.organization_id, t.name
FROM organization_tag l
JOIN tag t ON t.tenant_id = l.tenant_id AND t.id = l.tag_id
WHERE l.tenant_id = $1 AND l.organization_id = ANY ($2::uuid[])
ORDER BY l.tagged_at, t.name, t.id
