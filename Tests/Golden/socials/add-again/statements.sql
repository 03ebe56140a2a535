-- contact.enter
SELECT pg_advisory_xact_lock(hash)
FROM (SELECT DISTINCT hashtextextended('contact ' || id, $1::integer) AS hash FROM unnest($2::uuid[]) id ORDER BY hash) ordered

-- contact.lock_all_organizations
SELECT o.id, o.state
FROM organization o
WHERE o.tenant_id = $1
  AND o.id = ANY (
    ARRAY(
      SELECT j.organization_id
      FROM job_role j
      WHERE j.tenant_id = $1 AND j.contact_id = ANY ($2::uuid[]) AND j.organization_id IS NOT NULL
      UNION
      SELECT $3::uuid
    )
  )
ORDER BY o.id
FOR NO KEY UPDATE

-- contact.lock_all
SELECT id
FROM contact
WHERE tenant_id = $1 AND id = ANY ($2::uuid[]) AND state IN ('LIVE', 'HIDDEN')
ORDER BY id
FOR NO KEY UPDATE

-- contact.all_organizations
SELECT DISTINCT organization_id
FROM job_role
WHERE tenant_id = $1 AND contact_id = ANY ($2::uuid[]) AND organization_id IS NOT NULL

-- contact_social.find
SELECT t.id
FROM contact_social l
JOIN social t ON t.tenant_id = l.tenant_id AND t.id = l.social_id
WHERE l.tenant_id = $1 AND l.contact_id = $2::uuid AND t.url_key = $3
ORDER BY t.created_at, t.id
LIMIT 1

-- Mutation.contact_AddSocial
SELECT NULL, t.id, t.url, t.alias
FROM social t
WHERE t.tenant_id = $1 AND t.id = $2::uuid

-- organization.lock_links
SELECT id
FROM organization
WHERE tenant_id = $1 AND id = $2::uuid AND state IN ('LIVE', 'HIDDEN')
FOR NO KEY UPDATE

-- organization_social.find
SELECT t.id
FROM organization_social l
JOIN social t ON t.tenant_id = l.tenant_id AND t.id = l.social_id
WHERE l.tenant_id = $1 AND l.organization_id = $2::uuid AND t.url_key = $3
ORDER BY t.created_at, t.id
LIMIT 1

-- Mutation.organization_AddSocial
SELECT NULL, t.id, t.url, t.alias
FROM social t
WHERE t.tenant_id = $1 AND t.id = $2::uuid
