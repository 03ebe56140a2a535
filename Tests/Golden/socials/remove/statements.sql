-- organization.lock_links
SELECT id
FROM organization
WHERE tenant_id = $1 AND id = $2::uuid AND state IN ('LIVE', 'HIDDEN')
FOR NO KEY UPDATE

-- social.lock
SELECT id
FROM social
WHERE tenant_id = $1 AND id = $2::uuid
FOR UPDATE

-- organization_social.remove
DELETE FROM organization_social
WHERE tenant_id = $1 AND organization_id = $2::uuid AND social_id = $3::uuid
RETURNING social_id

-- social.delete_orphan
DELETE FROM social t
WHERE t.tenant_id = $1
  AND t.id = $2::uuid
  AND NOT EXISTS (SELECT FROM contact_social l WHERE l.tenant_id = t.tenant_id AND l.social_id = t.id)
  AND NOT EXISTS (SELECT FROM organization_social l WHERE l.tenant_id = t.tenant_id AND l.social_id = t.id)

-- organization.lock_links
SELECT id
FROM organization
WHERE tenant_id = $1 AND id = $2::uuid AND state IN ('LIVE', 'HIDDEN')
FOR NO KEY UPDATE

-- social.lock
SELECT id
FROM social
WHERE tenant_id = $1 AND id = $2::uuid
FOR UPDATE

-- organization_social.remove
DELETE FROM organization_social
WHERE tenant_id = $1 AND organization_id = $2::uuid AND social_id = $3::uuid
RETURNING social_id

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

-- social.lock
SELECT id
FROM social
WHERE tenant_id = $1 AND id = $2::uuid
FOR UPDATE

-- contact_social.remove
DELETE FROM contact_social
WHERE tenant_id = $1 AND contact_id = $2::uuid AND social_id = $3::uuid
RETURNING social_id

-- social.delete
DELETE FROM social
WHERE tenant_id = $1 AND id = $2::uuid

-- social.delete
DELETE FROM social
WHERE tenant_id = $1 AND id = $2::uuid
