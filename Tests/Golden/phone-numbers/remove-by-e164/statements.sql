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

-- contact_phone_number.remove
DELETE FROM contact_phone_number l
USING phone_number e
WHERE l.tenant_id = $1
  AND l.contact_id = $2::uuid
  AND e.tenant_id = l.tenant_id
  AND e.id = l.phone_number_id
  AND (coalesce(e.e164, e.raw_phone_number) = $3 AND e.extension = $5 OR e.e164 IS NULL AND e.raw_phone_number = $4)
RETURNING l.phone_number_id

-- phone_number.lock
SELECT id
FROM phone_number
WHERE tenant_id = $1 AND id = ANY ($2::uuid[])
ORDER BY id
FOR UPDATE

-- timeline.refresh_addresses
CALL timeline_refresh_addresses($1::integer, $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[])

-- organization.lock_links
SELECT id
FROM organization
WHERE tenant_id = $1 AND id = $2::uuid AND state IN ('LIVE', 'HIDDEN')
FOR NO KEY UPDATE

-- organization_phone_number.remove
DELETE FROM organization_phone_number l
USING phone_number e
WHERE l.tenant_id = $1
  AND l.organization_id = $2::uuid
  AND e.tenant_id = l.tenant_id
  AND e.id = l.phone_number_id
  AND (coalesce(e.e164, e.raw_phone_number) = $3 AND e.extension = $5 OR e.e164 IS NULL AND e.raw_phone_number = $4)
RETURNING l.phone_number_id

-- phone_number.lock
SELECT id
FROM phone_number
WHERE tenant_id = $1 AND id = ANY ($2::uuid[])
ORDER BY id
FOR UPDATE

-- timeline.refresh_addresses
CALL timeline_refresh_addresses($1::integer, $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[])

-- app_user.lock
SELECT id
FROM app_user
WHERE tenant_id = $1 AND id = $2::uuid AND state = 'LIVE'
FOR NO KEY UPDATE

-- user_phone_number.remove
DELETE FROM user_phone_number l
USING phone_number e
WHERE l.tenant_id = $1
  AND l.user_id = $2::uuid
  AND e.tenant_id = l.tenant_id
  AND e.id = l.phone_number_id
  AND (coalesce(e.e164, e.raw_phone_number) = $3 AND e.extension = $5 OR e.e164 IS NULL AND e.raw_phone_number = $4)
RETURNING l.phone_number_id

-- phone_number.lock
SELECT id
FROM phone_number
WHERE tenant_id = $1 AND id = ANY ($2::uuid[])
ORDER BY id
FOR UPDATE

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

-- contact_phone_number.remove
DELETE FROM contact_phone_number l
USING phone_number e
WHERE l.tenant_id = $1
  AND l.contact_id = $2::uuid
  AND e.tenant_id = l.tenant_id
  AND e.id = l.phone_number_id
  AND (coalesce(e.e164, e.raw_phone_number) = $3 AND e.extension = $5 OR e.e164 IS NULL AND e.raw_phone_number = $4)
RETURNING l.phone_number_id
