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

-- organization.find_any
SELECT id
FROM organization
WHERE tenant_id = $1 AND id = $2::uuid

-- job_role.keep_all_events
INSERT INTO timeline_event_participant (tenant_id, timeline_event_id, role, contact_id, type, position)
SELECT p.tenant_id, p.timeline_event_id, p.role, $2::uuid, min(p.type), min(p.position)
FROM job_role j
JOIN timeline_event_participant p ON p.tenant_id = j.tenant_id AND p.job_role_id = j.id
WHERE j.tenant_id = $1 AND j.contact_id = $2::uuid AND j.organization_id = $3::uuid
GROUP BY p.tenant_id, p.timeline_event_id, p.role
ON CONFLICT (tenant_id, timeline_event_id, role, subject_id) DO NOTHING

-- job_role.delete_all
DELETE FROM job_role
WHERE tenant_id = $1 AND contact_id = $2::uuid AND organization_id = $3::uuid

-- contact.touch
UPDATE contact
SET updated_at = now()
WHERE tenant_id = $1 AND id = $2::uuid

-- timeline.refresh_roles
CALL timeline_refresh_roles($1::integer, $2::uuid, $3::uuid[])

-- Mutation.contact_RemoveOrganizationById
SELECT NULL, t.id, t.created_at, t.updated_at
FROM contact t
WHERE t.tenant_id = $1 AND t.id = $2::uuid

-- Contact.jobRoles
SELECT t.contact_id, nullif(t.job_title, ''), t.organization_id
FROM job_role t
WHERE t.tenant_id = $1 AND t.contact_id = ANY ($2::uuid[])
ORDER BY t.job_title, t.created_at, t.id

-- JobRole.organization
SELECT t.id, t.name
FROM organization t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state IN ('LIVE', 'HIDDEN')

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

-- organization.find_any
SELECT id
FROM organization
WHERE tenant_id = $1 AND id = $2::uuid

-- job_role.keep_all_events
INSERT INTO timeline_event_participant (tenant_id, timeline_event_id, role, contact_id, type, position)
SELECT p.tenant_id, p.timeline_event_id, p.role, $2::uuid, min(p.type), min(p.position)
FROM job_role j
JOIN timeline_event_participant p ON p.tenant_id = j.tenant_id AND p.job_role_id = j.id
WHERE j.tenant_id = $1 AND j.contact_id = $2::uuid AND j.organization_id = $3::uuid
GROUP BY p.tenant_id, p.timeline_event_id, p.role
ON CONFLICT (tenant_id, timeline_event_id, role, subject_id) DO NOTHING

-- job_role.delete_all
DELETE FROM job_role
WHERE tenant_id = $1 AND contact_id = $2::uuid AND organization_id = $3::uuid

-- contact.touch
UPDATE contact
SET updated_at = now()
WHERE tenant_id = $1 AND id = $2::uuid

-- timeline.refresh_roles
CALL timeline_refresh_roles($1::integer, $2::uuid, $3::uuid[])

-- Mutation.contact_RemoveOrganizationById
SELECT NULL, t.id
FROM contact t
WHERE t.tenant_id = $1 AND t.id = $2::uuid

-- Contact.jobRoles
SELECT t.contact_id, nullif(t.job_title, '')
FROM job_role t
WHERE t.tenant_id = $1 AND t.contact_id = ANY ($2::uuid[])
ORDER BY t.job_title, t.created_at, t.id
