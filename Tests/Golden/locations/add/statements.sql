-- organization.lock_links
SELECT id
FROM organization
WHERE tenant_id = $1 AND id = $2::uuid AND state IN ('LIVE', 'HIDDEN')
FOR NO KEY UPDATE

-- organization_location.insert
WITH made AS (INSERT INTO location (tenant_id, id) VALUES ($1, $3::uuid) RETURNING tenant_id, id)
INSERT INTO organization_location (tenant_id, organization_id, location_id)
SELECT tenant_id, $2::uuid, id
FROM made

-- Mutation.organization_AddNewLocation
SELECT NULL,
  t.id,
  t.name,
  t.raw_address,
  t.country,
  t.country_code_a2,
  t.region,
  t.district,
  t.locality,
  t.street,
  t.address,
  t.address2,
  t.zip,
  t.address_type,
  t.house_number,
  t.postal_code,
  t.plus_four,
  t.commercial,
  t.predirection,
  t.latitude,
  t.longitude,
  t.time_zone,
  t.utc_offset,
  coalesce(nullif(t.source, ''), 'NA'),
  t.app_source,
  t.created_at
FROM location t
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

-- contact_location.insert
WITH made AS (INSERT INTO location (tenant_id, id) VALUES ($1, $3::uuid) RETURNING tenant_id, id)
INSERT INTO contact_location (tenant_id, contact_id, location_id)
SELECT tenant_id, $2::uuid, id
FROM made

-- Mutation.contact_AddNewLocation
SELECT NULL, t.id, t.name
FROM location t
WHERE t.tenant_id = $1 AND t.id = $2::uuid
