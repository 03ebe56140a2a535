-- Query.organization
SELECT NULL, t.id
FROM organization t
WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.state IN ('LIVE', 'HIDDEN')
LIMIT 1

-- Query.organization
SELECT NULL, t.id
FROM organization t
WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.state IN ('LIVE', 'HIDDEN')
LIMIT 1

-- Query.organization
SELECT NULL, t.id
FROM organization t
WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.state IN ('LIVE', 'HIDDEN')
LIMIT 1

-- Organization.socials
SELECT l.organization_id, t.url
FROM organization_social l
JOIN social t ON t.tenant_id = l.tenant_id AND t.id = l.social_id
WHERE l.tenant_id = $1 AND l.organization_id = ANY ($2::uuid[])
ORDER BY t.url, t.created_at, t.id

-- Organization.socials
SELECT l.organization_id, t.url
FROM organization_social l
JOIN social t ON t.tenant_id = l.tenant_id AND t.id = l.social_id
WHERE l.tenant_id = $1 AND l.organization_id = ANY ($2::uuid[])
ORDER BY t.url, t.created_at, t.id

-- Organization.socials
SELECT l.organization_id, t.url, t.alias
FROM organization_social l
JOIN social t ON t.tenant_id = l.tenant_id AND t.id = l.social_id
WHERE l.tenant_id = $1 AND l.organization_id = ANY ($2::uuid[])
ORDER BY t.url, t.created_at, t.id
