-- job_role.find
SELECT contact_id
FROM job_role
WHERE tenant_id = $1 AND id = $2::uuid AND contact_id IS NOT NULL

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

-- job_role.change
UPDATE job_role
SET updated_at = now(),
  organization_id = coalesce($4::uuid, organization_id),
  job_title = coalesce($5::text, job_role.job_title),
  description = coalesce($6::text, job_role.description),
  company = coalesce($7::text, job_role.company),
  is_primary = coalesce($8::boolean, job_role.is_primary),
  started_at = coalesce($9::timestamptz, job_role.started_at),
  ended_at = coalesce($10::timestamptz, job_role.ended_at)
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
