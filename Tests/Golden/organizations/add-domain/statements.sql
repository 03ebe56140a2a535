-- organization.lock
SELECT relationship, stage
FROM organization
WHERE tenant_id = $1 AND id = $2::uuid AND state IN ('LIVE', 'HIDDEN')
FOR NO KEY UPDATE

-- domain_redirect.find
SELECT primary_domain
FROM domain_redirect
WHERE domain = $1

-- organization_domain.judge
SELECT candidate.domain,
  EXISTS (
    SELECT
    FROM unnest($3::bigint[], $4::text[]) over (place, pattern)
    WHERE over.place = candidate.place
      AND (SELECT s.pattern FROM shared_host s WHERE s.pattern = over.pattern) IS NOT NULL
  ),
  o.id,
  o.name,
  o.state
FROM unnest($2::text[]) WITH ORDINALITY candidate (domain, place)
LEFT JOIN organization_domain d ON d.tenant_id = $1 AND d.domain = candidate.domain
LEFT JOIN organization o ON o.tenant_id = $1 AND o.id = d.organization_id
ORDER BY candidate.place

-- organization_domain.insert
INSERT INTO organization_domain (tenant_id, domain, organization_id)
SELECT $1, domain, $2::uuid
FROM unnest($3::text[]) domain
ORDER BY domain
ON CONFLICT (tenant_id, domain) DO NOTHING
RETURNING domain

-- organization.fill_website
UPDATE organization
SET website = $3
WHERE tenant_id = $1 AND id = $2::uuid AND website = ''

-- organization.mark_changed
UPDATE organization
SET updated_at = now()
WHERE tenant_id = $1 AND id = $2::uuid

-- organization.lock
SELECT relationship, stage
FROM organization
WHERE tenant_id = $1 AND id = $2::uuid AND state IN ('LIVE', 'HIDDEN')
FOR NO KEY UPDATE

-- domain_redirect.find
SELECT primary_domain
FROM domain_redirect
WHERE domain = $1

-- organization_domain.judge
SELECT candidate.domain,
  EXISTS (
    SELECT
    FROM unnest($3::bigint[], $4::text[]) over (place, pattern)
    WHERE over.place = candidate.place
      AND (SELECT s.pattern FROM shared_host s WHERE s.pattern = over.pattern) IS NOT NULL
  ),
  o.id,
  o.name,
  o.state
FROM unnest($2::text[]) WITH ORDINALITY candidate (domain, place)
LEFT JOIN organization_domain d ON d.tenant_id = $1 AND d.domain = candidate.domain
LEFT JOIN organization o ON o.tenant_id = $1 AND o.id = d.organization_id
ORDER BY candidate.place

-- organization.lock
SELECT relationship, stage
FROM organization
WHERE tenant_id = $1 AND id = $2::uuid AND state IN ('LIVE', 'HIDDEN')
FOR NO KEY UPDATE

-- domain_redirect.find
SELECT primary_domain
FROM domain_redirect
WHERE domain = $1

-- organization_domain.judge
SELECT candidate.domain,
  EXISTS (
    SELECT
    FROM unnest($3::bigint[], $4::text[]) over (place, pattern)
    WHERE over.place = candidate.place
      AND (SELECT s.pattern FROM shared_host s WHERE s.pattern = over.pattern) IS NOT NULL
  ),
  o.id,
  o.name,
  o.state
FROM unnest($2::text[]) WITH ORDINALITY candidate (domain, place)
LEFT JOIN organization_domain d ON d.tenant_id = $1 AND d.domain = candidate.domain
LEFT JOIN organization o ON o.tenant_id = $1 AND o.id = d.organization_id
ORDER BY candidate.place

-- organization_domain.free
DELETE FROM organization_domain d
USING organization o
WHERE d.tenant_id = $1
  AND d.domain = ANY ($2::text[])
  AND o.tenant_id = $1
  AND o.id = d.organization_id
  AND o.state NOT IN ('LIVE', 'HIDDEN')

-- organization_domain.insert
INSERT INTO organization_domain (tenant_id, domain, organization_id)
SELECT $1, domain, $2::uuid
FROM unnest($3::text[]) domain
ORDER BY domain
ON CONFLICT (tenant_id, domain) DO NOTHING
RETURNING domain

-- organization.fill_website
UPDATE organization
SET website = $3
WHERE tenant_id = $1 AND id = $2::uuid AND website = ''

-- organization.mark_changed
UPDATE organization
SET updated_at = now()
WHERE tenant_id = $1 AND id = $2::uuid

-- then

-- Query.organization
SELECT NULL, t.id, t.website
FROM organization t
WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.state IN ('LIVE', 'HIDDEN')
LIMIT 1

-- Organization.domains
SELECT organization_id, domain
FROM organization_domain
WHERE tenant_id = $1 AND organization_id = ANY ($2::uuid[])
ORDER BY domain
