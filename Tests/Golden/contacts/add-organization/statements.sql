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

-- job_role.insert_missing
INSERT INTO job_role (tenant_id, id, contact_id, organization_id, started_at)
SELECT $1, $2::uuid, $3::uuid, $4::uuid, now()
WHERE NOT EXISTS (SELECT FROM job_role WHERE tenant_id = $1 AND contact_id = $3::uuid AND organization_id = $4::uuid)

-- contact.touch
UPDATE contact
SET updated_at = now()
WHERE tenant_id = $1 AND id = $2::uuid

-- timeline.refresh_roles
CALL timeline_refresh_roles($1::integer, $2::uuid, $3::uuid[])

-- Mutation.contact_AddOrganizationById
SELECT NULL, t.id
FROM contact t
WHERE t.tenant_id = $1 AND t.id = $2::uuid

-- Contact.jobRoles
SELECT t.contact_id, nullif(t.job_title, ''), t.is_primary
FROM job_role t
WHERE t.tenant_id = $1 AND t.contact_id = ANY ($2::uuid[])
ORDER BY t.job_title, t.created_at, t.id

-- Contact.organizations.count
SELECT j.contact_id, count(DISTINCT j.organization_id)
FROM job_role j
JOIN organization t ON t.tenant_id = j.tenant_id AND t.id = j.organization_id AND t.state IN ('LIVE', 'HIDDEN')
WHERE j.tenant_id = $1 AND j.contact_id = ANY ($2::uuid[])
GROUP BY j.contact_id

-- Contact.organizations
SELECT page.parent_key, t.name
FROM (
  SELECT j.contact_id AS parent_key,
    t.id,
    row_number() OVER (PARTITION BY j.contact_id ORDER BY t.created_at, t.id) AS place
  FROM (
    SELECT DISTINCT tenant_id, contact_id, organization_id
    FROM job_role
    WHERE tenant_id = $1 AND contact_id = ANY ($2::uuid[]) AND organization_id IS NOT NULL
  ) j
  JOIN organization t ON t.tenant_id = j.tenant_id AND t.id = j.organization_id
  WHERE t.tenant_id = $1 AND t.state IN ('LIVE', 'HIDDEN') AND j.contact_id = ANY ($2::uuid[])
) page
JOIN organization t ON t.tenant_id = $1 AND t.id = page.id
WHERE page.place > $3 AND page.place <= $4
ORDER BY page.place

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

-- job_role.insert_missing
INSERT INTO job_role (tenant_id, id, contact_id, organization_id, started_at)
SELECT $1, $2::uuid, $3::uuid, $4::uuid, now()
WHERE NOT EXISTS (SELECT FROM job_role WHERE tenant_id = $1 AND contact_id = $3::uuid AND organization_id = $4::uuid)

-- contact.touch
UPDATE contact
SET updated_at = now()
WHERE tenant_id = $1 AND id = $2::uuid

-- timeline.refresh_roles
CALL timeline_refresh_roles($1::integer, $2::uuid, $3::uuid[])

-- Mutation.contact_AddOrganizationById
SELECT NULL, t.id, t.updated_at
FROM contact t
WHERE t.tenant_id = $1 AND t.id = $2::uuid

-- Contact.jobRoles
SELECT t.contact_id, nullif(t.job_title, '')
FROM job_role t
WHERE t.tenant_id = $1 AND t.contact_id = ANY ($2::uuid[])
ORDER BY t.job_title, t.created_at, t.id
