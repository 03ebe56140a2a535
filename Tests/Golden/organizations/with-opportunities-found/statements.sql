-- Query.organization
SELECT NULL,
  t.id,
  t.created_at,
  t.updated_at,
  coalesce(nullif(t.source, ''), 'NA'),
  t.name,
  t.website,
  nullif(t.stage, '')
FROM organization t
WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.state IN ('LIVE', 'HIDDEN')
LIMIT 1

-- Organization.domains
SELECT organization_id, domain
FROM organization_domain
WHERE tenant_id = $1 AND organization_id = ANY ($2::uuid[])
ORDER BY domain

-- Organization.opportunities
SELECT t.organization_id, t.id, t.name, t.amount, t.internal_stage, coalesce(t.renewal_likelihood, 'ZERO') || '_RENEWAL'
FROM opportunity t
WHERE t.tenant_id = $1 AND t.organization_id = ANY ($2::uuid[]) AND t.state = 'LIVE' AND t.internal_stage <> 'SUSPENDED'
ORDER BY t.created_at DESC, t.id DESC
