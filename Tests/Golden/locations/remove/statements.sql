-- organization.lock_links
SELECT id
FROM organization
WHERE tenant_id = $1 AND id = $2::uuid AND state IN ('LIVE', 'HIDDEN')
FOR NO KEY UPDATE

-- location.lock
SELECT id
FROM location
WHERE tenant_id = $1 AND id = $2::uuid
FOR UPDATE

-- organization_location.remove
DELETE FROM organization_location
WHERE tenant_id = $1 AND organization_id = $2::uuid AND location_id = $3::uuid
RETURNING location_id

-- location.delete_orphan
DELETE FROM location t
WHERE t.tenant_id = $1
  AND t.id = $2::uuid
  AND NOT EXISTS (SELECT FROM contact_location l WHERE l.tenant_id = t.tenant_id AND l.location_id = t.id)
  AND NOT EXISTS (SELECT FROM organization_location l WHERE l.tenant_id = t.tenant_id AND l.location_id = t.id)
  AND NOT EXISTS (SELECT FROM meeting_location l WHERE l.tenant_id = t.tenant_id AND l.location_id = t.id)
  AND NOT EXISTS (SELECT FROM billing_profile_location l WHERE l.tenant_id = t.tenant_id AND l.location_id = t.id)

-- Mutation.location_RemoveFromOrganization
SELECT NULL, t.name, t.id
FROM organization t
WHERE t.tenant_id = $1 AND t.id = $2::uuid

-- Organization.locations
SELECT l.organization_id, t.name
FROM organization_location l
JOIN location t ON t.tenant_id = l.tenant_id AND t.id = l.location_id
WHERE l.tenant_id = $1 AND l.organization_id = ANY ($2::uuid[])
ORDER BY t.name, t.created_at, t.id

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

-- location.lock
SELECT id
FROM location
WHERE tenant_id = $1 AND id = $2::uuid
FOR UPDATE

-- contact_location.remove
DELETE FROM contact_location
WHERE tenant_id = $1 AND contact_id = $2::uuid AND location_id = $3::uuid
RETURNING location_id

-- Mutation.location_RemoveFromContact
SELECT NULL, t.name
FROM contact t
WHERE t.tenant_id = $1 AND t.id = $2::uuid

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

-- Mutation.contact_RemoveLocation
SELECT NULL, t.name
FROM contact t
WHERE t.tenant_id = $1 AND t.id = $2::uuid
