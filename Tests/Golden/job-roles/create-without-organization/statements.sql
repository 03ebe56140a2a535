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

-- job_role.insert
INSERT INTO job_role (
  tenant_id,
  id,
  contact_id,
  organization_id,
  job_title,
  description,
  company,
  is_primary,
  started_at,
  ended_at,
  app_source
)
VALUES (
  $1,
  $2::uuid,
  $3::uuid,
  $4::uuid,
  coalesce($5::text, ''),
  $6::text,
  $7::text,
  coalesce(
    $8::boolean,
    $4::uuid IS NOT NULL AND coalesce($10::timestamptz > now(), true) AND NOT EXISTS (
      SELECT
      FROM job_role
      WHERE tenant_id = $1 AND contact_id = $3::uuid AND is_primary
    )
  ),
  CASE WHEN $9::timestamptz < '1900-01-01Z'::timestamptz THEN NULL ELSE coalesce($9::timestamptz, now()) END,
  CASE WHEN $10::timestamptz < '1900-01-01Z'::timestamptz THEN NULL ELSE $10::timestamptz END,
  coalesce(nullif($11, ''), 'customer-os-api')
)

-- timeline.refresh_roles
CALL timeline_refresh_roles($1::integer, $2::uuid, $3::uuid[])

-- Mutation.jobRole_Create
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

-- JobRole.contact
SELECT t.id, t.name
FROM contact t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state IN ('LIVE', 'HIDDEN')
