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

-- email.find
SELECT id
FROM email
WHERE tenant_id = $1 AND (fold(raw_email) = fold($2) OR (email <> '' AND fold(email) = fold($2)))
ORDER BY created_at, id
LIMIT 1

-- email.insert
INSERT INTO email (tenant_id, id, raw_email, email)
VALUES ($1, $2::uuid, $3, fold($3))
ON CONFLICT (tenant_id, fold(raw_email)) DO NOTHING
RETURNING id

-- email.lock
SELECT id
FROM email
WHERE tenant_id = $1 AND id = ANY ($2::uuid[])
ORDER BY id
FOR UPDATE

-- contact_email.put
INSERT INTO contact_email (tenant_id, contact_id, email_id, is_primary, label)
VALUES (
  $1,
  $2::uuid,
  $3::uuid,
  coalesce($4::boolean, false) OR NOT EXISTS (SELECT FROM contact_email WHERE tenant_id = $1 AND contact_id = $2::uuid),
  $5
)
ON CONFLICT (tenant_id, contact_id, email_id) DO UPDATE
SET is_primary = coalesce($4::boolean, contact_email.is_primary), label = coalesce($5, contact_email.label)

-- timeline.refresh_addresses
CALL timeline_refresh_addresses($1::integer, $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[])

-- Mutation.emailReplaceForContact
SELECT NULL, t.id, coalesce(nullif(t.email, ''), t.raw_email), t.raw_email, l.is_primary, l.label
FROM contact_email l
JOIN email t ON t.tenant_id = l.tenant_id AND t.id = l.email_id
WHERE l.tenant_id = $1 AND l.contact_id = $2::uuid AND t.id = $3::uuid

-- Email.contacts
SELECT l.email_id, t.id
FROM contact_email l
JOIN contact t ON t.tenant_id = l.tenant_id AND t.id = l.contact_id
WHERE l.tenant_id = $1 AND l.email_id = ANY ($2::uuid[]) AND t.state IN ('LIVE', 'HIDDEN')
ORDER BY t.first_name, t.last_name, t.id

-- Contact.emails
SELECT l.contact_id, coalesce(nullif(t.email, ''), t.raw_email), l.is_primary, l.label
FROM contact_email l
JOIN email t ON t.tenant_id = l.tenant_id AND t.id = l.email_id
WHERE l.tenant_id = $1 AND l.contact_id = ANY ($2::uuid[])
ORDER BY t.email, t.raw_email, t.id
