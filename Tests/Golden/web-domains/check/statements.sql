-- Query.checkDomain
SELECT NULL,
  t.domain,
  t.domain <> '',
  t.primary_domain,
  t.domain <> '' AND NOT t.is_lent AND NOT EXISTS (SELECT FROM shared_host s WHERE s.pattern = ANY (t.patterns)),
  owner.id,
  owner.name,
  primary_owner.id,
  primary_owner.name
FROM (
  SELECT d.domain, coalesce(r.primary_domain, d.domain) AS primary_domain, d.is_lent, d.patterns
  FROM (SELECT $2::text AS domain, $3::boolean AS is_lent, $4::text[] AS patterns) d
  LEFT JOIN domain_redirect r ON r.domain = d.domain
) t
LEFT JOIN (
  organization_domain owner_domain JOIN organization owner ON owner.tenant_id = owner_domain.tenant_id
  AND owner.id = owner_domain.organization_id
  AND owner.state IN ('LIVE', 'HIDDEN')
) ON owner_domain.tenant_id = $1
  AND owner_domain.domain = t.domain
LEFT JOIN (
  organization_domain primary_owner_domain JOIN organization primary_owner ON primary_owner.tenant_id = primary_owner_domain.tenant_id
  AND primary_owner.id = primary_owner_domain.organization_id
  AND primary_owner.state IN ('LIVE', 'HIDDEN')
) ON primary_owner_domain.tenant_id = $1
  AND primary_owner_domain.domain = t.primary_domain
LIMIT 1

-- Query.checkDomain
SELECT NULL,
  t.domain,
  t.domain <> '',
  t.primary_domain,
  t.domain <> '' AND NOT t.is_lent AND NOT EXISTS (SELECT FROM shared_host s WHERE s.pattern = ANY (t.patterns)),
  owner.id,
  owner.name,
  primary_owner.id,
  primary_owner.name
FROM (
  SELECT d.domain, coalesce(r.primary_domain, d.domain) AS primary_domain, d.is_lent, d.patterns
  FROM (SELECT $2::text AS domain, $3::boolean AS is_lent, $4::text[] AS patterns) d
  LEFT JOIN domain_redirect r ON r.domain = d.domain
) t
LEFT JOIN (
  organization_domain owner_domain JOIN organization owner ON owner.tenant_id = owner_domain.tenant_id
  AND owner.id = owner_domain.organization_id
  AND owner.state IN ('LIVE', 'HIDDEN')
) ON owner_domain.tenant_id = $1
  AND owner_domain.domain = t.domain
LEFT JOIN (
  organization_domain primary_owner_domain JOIN organization primary_owner ON primary_owner.tenant_id = primary_owner_domain.tenant_id
  AND primary_owner.id = primary_owner_domain.organization_id
  AND primary_owner.state IN ('LIVE', 'HIDDEN')
) ON primary_owner_domain.tenant_id = $1
  AND primary_owner_domain.domain = t.primary_domain
LIMIT 1

-- Query.checkDomain
SELECT NULL,
  t.domain,
  t.domain <> '',
  t.primary_domain,
  t.domain <> '' AND NOT t.is_lent AND NOT EXISTS (SELECT FROM shared_host s WHERE s.pattern = ANY (t.patterns)),
  owner.id,
  owner.name,
  primary_owner.id,
  primary_owner.name
FROM (
  SELECT d.domain, coalesce(r.primary_domain, d.domain) AS primary_domain, d.is_lent, d.patterns
  FROM (SELECT $2::text AS domain, $3::boolean AS is_lent, $4::text[] AS patterns) d
  LEFT JOIN domain_redirect r ON r.domain = d.domain
) t
LEFT JOIN (
  organization_domain owner_domain JOIN organization owner ON owner.tenant_id = owner_domain.tenant_id
  AND owner.id = owner_domain.organization_id
  AND owner.state IN ('LIVE', 'HIDDEN')
) ON owner_domain.tenant_id = $1
  AND owner_domain.domain = t.domain
LEFT JOIN (
  organization_domain primary_owner_domain JOIN organization primary_owner ON primary_owner.tenant_id = primary_owner_domain.tenant_id
  AND primary_owner.id = primary_owner_domain.organization_id
  AND primary_owner.state IN ('LIVE', 'HIDDEN')
) ON primary_owner_domain.tenant_id = $1
  AND primary_owner_domain.domain = t.primary_domain
LIMIT 1

-- Query.checkDomain
SELECT NULL,
  t.domain,
  t.domain <> '',
  t.primary_domain,
  t.domain <> '' AND NOT t.is_lent AND NOT EXISTS (SELECT FROM shared_host s WHERE s.pattern = ANY (t.patterns)),
  owner.id,
  owner.name,
  primary_owner.id,
  primary_owner.name
FROM (
  SELECT d.domain, coalesce(r.primary_domain, d.domain) AS primary_domain, d.is_lent, d.patterns
  FROM (SELECT $2::text AS domain, $3::boolean AS is_lent, $4::text[] AS patterns) d
  LEFT JOIN domain_redirect r ON r.domain = d.domain
) t
LEFT JOIN (
  organization_domain owner_domain JOIN organization owner ON owner.tenant_id = owner_domain.tenant_id
  AND owner.id = owner_domain.organization_id
  AND owner.state IN ('LIVE', 'HIDDEN')
) ON owner_domain.tenant_id = $1
  AND owner_domain.domain = t.domain
LEFT JOIN (
  organization_domain primary_owner_domain JOIN organization primary_owner ON primary_owner.tenant_id = primary_owner_domain.tenant_id
  AND primary_owner.id = primary_owner_domain.organization_id
  AND primary_owner.state IN ('LIVE', 'HIDDEN')
) ON primary_owner_domain.tenant_id = $1
  AND primary_owner_domain.domain = t.primary_domain
LIMIT 1
