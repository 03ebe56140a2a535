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

-- job_role.keep_events
INSERT INTO timeline_event_participant (tenant_id, timeline_event_id, role, contact_id, type, position)
SELECT p.tenant_id, p.timeline_event_id, p.role, j.contact_id, p.type, p.position
FROM job_role j
JOIN timeline_event_participant p ON p.tenant_id = j.tenant_id AND p.job_role_id = j.id
WHERE j.tenant_id = $1 AND j.id = $2::uuid AND j.contact_id = $3::uuid
ON CONFLICT DO NOTHING

-- job_role.delete
DELETE FROM job_role
WHERE tenant_id = $1 AND id = $2::uuid AND contact_id = $3::uuid

-- timeline.refresh_roles
CALL timeline_refresh_roles($1::integer, $2::uuid, $3::uuid[])

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

-- job_role.keep_events
INSERT INTO timeline_event_participant (tenant_id, timeline_event_id, role, contact_id, type, position)
SELECT p.tenant_id, p.timeline_event_id, p.role, j.contact_id, p.type, p.position
FROM job_role j
JOIN timeline_event_participant p ON p.tenant_id = j.tenant_id AND p.job_role_id = j.id
WHERE j.tenant_id = $1 AND j.id = $2::uuid AND j.contact_id = $3::uuid
ON CONFLICT DO NOTHING

-- job_role.delete
DELETE FROM job_role
WHERE tenant_id = $1 AND id = $2::uuid AND contact_id = $3::uuid

-- timeline.refresh_roles
CALL timeline_refresh_roles($1::integer, $2::uuid, $3::uuid[])
