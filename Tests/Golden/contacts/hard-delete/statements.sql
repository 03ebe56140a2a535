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

-- contact_delete.lock
SELECT id
FROM contact
WHERE tenant_id = $1 AND id = ANY ($2::uuid[]) AND state <> 'MERGED'
ORDER BY id
FOR UPDATE

-- contact.all_organizations
SELECT DISTINCT organization_id
FROM job_role
WHERE tenant_id = $1 AND contact_id = ANY ($2::uuid[]) AND organization_id IS NOT NULL

-- contact.events
SELECT contact_events($1::integer, $2::uuid[])

-- contact_delete.locations
WITH RECURSIVE family AS (
  SELECT $2::uuid AS id
  UNION
  SELECT c.id
  FROM family f
  JOIN contact c ON c.tenant_id = $1 AND c.merged_into_id = f.id
),
held AS (SELECT l.location_id FROM contact_location l JOIN family f ON f.id = l.contact_id WHERE l.tenant_id = $1)
DELETE FROM location t
USING held
WHERE t.tenant_id = $1
  AND t.id = held.location_id
  AND NOT EXISTS (
    SELECT
    FROM contact_location l
    WHERE l.tenant_id = $1 AND l.location_id = t.id AND l.contact_id NOT IN (SELECT id FROM family)
  )
  AND NOT EXISTS (SELECT FROM organization_location l WHERE l.tenant_id = $1 AND l.location_id = t.id)
  AND NOT EXISTS (SELECT FROM meeting_location l WHERE l.tenant_id = $1 AND l.location_id = t.id)
  AND NOT EXISTS (SELECT FROM billing_profile_location l WHERE l.tenant_id = $1 AND l.location_id = t.id)

-- contact_delete.socials
WITH RECURSIVE family AS (
  SELECT $2::uuid AS id
  UNION
  SELECT c.id
  FROM family f
  JOIN contact c ON c.tenant_id = $1 AND c.merged_into_id = f.id
),
held AS (SELECT l.social_id FROM contact_social l JOIN family f ON f.id = l.contact_id WHERE l.tenant_id = $1)
DELETE FROM social t
USING held
WHERE t.tenant_id = $1
  AND t.id = held.social_id
  AND NOT EXISTS (
    SELECT
    FROM contact_social l
    WHERE l.tenant_id = $1 AND l.social_id = t.id AND l.contact_id NOT IN (SELECT id FROM family)
  )
  AND NOT EXISTS (SELECT FROM organization_social l WHERE l.tenant_id = $1 AND l.social_id = t.id)

-- contact_delete.touchpoints
WITH RECURSIVE family AS (
  SELECT $2::uuid AS id
  UNION
  SELECT c.id
  FROM family f
  JOIN contact c ON c.tenant_id = $1 AND c.merged_into_id = f.id
),
owned AS (
  SELECT v.id
  FROM page_view v
  JOIN family f ON f.id = v.contact_id
  WHERE v.tenant_id = $1
  UNION ALL
  SELECT n.id
  FROM note n
  JOIN family f ON f.id = n.contact_id
  WHERE n.tenant_id = $1
  UNION ALL
  SELECT m.id
  FROM markdown_event m
  JOIN family f ON f.id = m.contact_id
  WHERE m.tenant_id = $1
)
UPDATE organization o
SET last_touchpoint_id = NULL, last_touchpoint_at = NULL, last_touchpoint_type = NULL
FROM owned
WHERE o.tenant_id = $1 AND o.last_touchpoint_id = owned.id

-- contact_delete.events
WITH RECURSIVE family AS (
  SELECT $2::uuid AS id
  UNION
  SELECT c.id
  FROM family f
  JOIN contact c ON c.tenant_id = $1 AND c.merged_into_id = f.id
),
owned AS (
  SELECT v.id
  FROM page_view v
  JOIN family f ON f.id = v.contact_id
  WHERE v.tenant_id = $1
  UNION ALL
  SELECT n.id
  FROM note n
  JOIN family f ON f.id = n.contact_id
  WHERE n.tenant_id = $1
  UNION ALL
  SELECT m.id
  FROM markdown_event m
  JOIN family f ON f.id = m.contact_id
  WHERE m.tenant_id = $1
)
DELETE FROM timeline_event e
USING owned
WHERE e.tenant_id = $1 AND e.id = owned.id

-- contact_delete.contacts
WITH RECURSIVE family AS (
  SELECT $2::uuid AS id
  UNION
  SELECT c.id
  FROM family f
  JOIN contact c ON c.tenant_id = $1 AND c.merged_into_id = f.id
)
DELETE FROM contact c
USING family
WHERE c.tenant_id = $1 AND c.id = family.id

-- timeline.refresh_part
CALL timeline_refresh_part($1::integer, '{}', $2::uuid[], $3::uuid[])

-- then

-- Query.contact
SELECT NULL, t.name
FROM contact t
WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.state IN ('LIVE', 'HIDDEN')
LIMIT 1

-- then

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

-- contact_delete.lock
SELECT id
FROM contact
WHERE tenant_id = $1 AND id = ANY ($2::uuid[]) AND state <> 'MERGED'
ORDER BY id
FOR UPDATE

-- contact.all_organizations
SELECT DISTINCT organization_id
FROM job_role
WHERE tenant_id = $1 AND contact_id = ANY ($2::uuid[]) AND organization_id IS NOT NULL
