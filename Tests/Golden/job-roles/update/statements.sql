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

-- job_role.demote
UPDATE job_role
SET is_primary = false, updated_at = now()
WHERE tenant_id = $1 AND contact_id = $2::uuid AND is_primary AND id <> $3::uuid

-- job_role.overwrite
UPDATE job_role
SET updated_at = now(),
  organization_id = coalesce($4::uuid, organization_id),
  job_title = coalesce($5::text, ''),
  description = coalesce($6::text, ''),
  company = coalesce($7::text, ''),
  is_primary = coalesce($8::boolean, false),
  started_at = coalesce($9::timestamptz, NULL),
  ended_at = coalesce($10::timestamptz, NULL)
WHERE tenant_id = $1 AND id = $2::uuid AND contact_id = $3::uuid
RETURNING id

-- job_role.drop_empty_dates
UPDATE job_role
SET started_at = CASE WHEN started_at >= '1900-01-01Z'::timestamptz THEN started_at END,
  ended_at = CASE WHEN ended_at >= '1900-01-01Z'::timestamptz THEN ended_at END
WHERE tenant_id = $1
  AND id = $2::uuid
  AND (started_at < '1900-01-01Z'::timestamptz OR ended_at < '1900-01-01Z'::timestamptz)

-- timeline.refresh_roles
CALL timeline_refresh_roles($1::integer, $2::uuid, $3::uuid[])

-- Mutation.jobRole_Update
SELECT NULL,
  t.id,
  nullif(t.job_title, ''),
  t.is_primary,
  t.description,
  t.company,
  t.started_at,
  t.ended_at,
  coalesce(nullif(t.source, ''), 'NA'),
  t.app_source,
  t.organization_id,
  t.contact_id
FROM job_role t
WHERE t.tenant_id = $1 AND t.id = $2::uuid

-- JobRole.organization
SELECT t.id, t.name
FROM organization t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state IN ('LIVE', 'HIDDEN')

-- JobRole.contact
SELECT t.id, t.name, t.id
FROM contact t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state IN ('LIVE', 'HIDDEN')

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
