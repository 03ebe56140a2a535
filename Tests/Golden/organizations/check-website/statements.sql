-- Query.organization_CheckWebsite
SELECT EXISTS (SELECT FROM shared_host WHERE pattern = ANY ($2::text[])),
  (SELECT primary_domain FROM domain_redirect WHERE domain = $1)

-- Query.organization_CheckWebsite
SELECT EXISTS (SELECT FROM shared_host WHERE pattern = ANY ($2::text[])),
  (SELECT primary_domain FROM domain_redirect WHERE domain = $1)

-- Query.organization_CheckWebsite
SELECT EXISTS (SELECT FROM shared_host WHERE pattern = ANY ($2::text[])),
  (SELECT primary_domain FROM domain_redirect WHERE domain = $1)

-- Query.organization_CheckWebsite
SELECT EXISTS (SELECT FROM shared_host WHERE pattern = ANY ($2::text[])),
  (SELECT primary_domain FROM domain_redirect WHERE domain = $1)

-- Query.organization_CheckWebsite
SELECT EXISTS (SELECT FROM shared_host WHERE pattern = ANY ($2::text[])),
  (SELECT primary_domain FROM domain_redirect WHERE domain = $1)

-- Query.organization_CheckWebsite
SELECT EXISTS (SELECT FROM shared_host WHERE pattern = ANY ($2::text[])),
  (SELECT primary_domain FROM domain_redirect WHERE domain = $1)

-- Query.organization_CheckWebsite
SELECT EXISTS (SELECT FROM shared_host WHERE pattern = ANY ($2::text[])),
  (SELECT primary_domain FROM domain_redirect WHERE domain = $1)
