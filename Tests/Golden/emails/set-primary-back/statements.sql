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

-- contact_email.find
SELECT l.email_id, l.is_primary, l.label
FROM contact_email l, email e
WHERE l.tenant_id = $1
  AND l.contact_id = $2::uuid
  AND e.tenant_id = l.tenant_id
  AND e.id = l.email_id
  AND (fold(e.raw_email) = fold($3) OR (e.email <> '' AND fold(e.email) = fold($3)))
ORDER BY l.created_at, l.email_id
LIMIT 1

-- contact_email.demote
UPDATE contact_email
SET is_primary = false
WHERE tenant_id = $1 AND contact_id = $2::uuid AND is_primary AND email_id <> $3::uuid

-- contact_email.overwrite
UPDATE contact_email
SET is_primary = $4::boolean, label = $5
WHERE tenant_id = $1 AND contact_id = $2::uuid AND email_id = $3::uuid
RETURNING email_id
