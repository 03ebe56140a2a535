-- Query.contact
SELECT NULL,
  t.id,
  t.created_at,
  t.updated_at,
  coalesce(nullif(t.source, ''), 'NA'),
  t.app_source,
  t.prefix,
  t.name,
  t.first_name,
  t.last_name,
  t.description,
  t.timezone,
  t.state = 'HIDDEN',
  t.owner_id
FROM contact t
WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.state IN ('LIVE', 'HIDDEN')
LIMIT 1

-- Contact.tags
SELECT l.contact_id, t.name
FROM contact_tag l
JOIN tag t ON t.tenant_id = l.tenant_id AND t.id = l.tag_id
WHERE l.tenant_id = $1 AND l.contact_id = ANY ($2::uuid[])
ORDER BY l.tagged_at, t.name, t.id

-- Contact.jobRoles
SELECT t.contact_id, nullif(t.job_title, ''), t.is_primary, t.started_at, t.company, t.organization_id, t.contact_id
FROM job_role t
WHERE t.tenant_id = $1 AND t.contact_id = ANY ($2::uuid[])
ORDER BY t.job_title, t.created_at, t.id

-- Contact.emails
SELECT l.contact_id, coalesce(nullif(t.email, ''), t.raw_email), l.is_primary, t.is_work, l.label, t.id
FROM contact_email l
JOIN email t ON t.tenant_id = l.tenant_id AND t.id = l.email_id
WHERE l.tenant_id = $1 AND l.contact_id = ANY ($2::uuid[])
ORDER BY t.email, t.raw_email, t.id

-- Contact.phoneNumbers
SELECT l.contact_id, t.e164, l.is_primary
FROM contact_phone_number l
JOIN phone_number t ON t.tenant_id = l.tenant_id AND t.id = l.phone_number_id
WHERE l.tenant_id = $1 AND l.contact_id = ANY ($2::uuid[])
ORDER BY t.created_at, t.id

-- Contact.locations
SELECT l.contact_id, t.country
FROM contact_location l
JOIN location t ON t.tenant_id = l.tenant_id AND t.id = l.location_id
WHERE l.tenant_id = $1 AND l.contact_id = ANY ($2::uuid[])
ORDER BY t.name, t.created_at, t.id

-- Contact.socials
SELECT l.contact_id, t.url
FROM contact_social l
JOIN social t ON t.tenant_id = l.tenant_id AND t.id = l.social_id
WHERE l.tenant_id = $1 AND l.contact_id = ANY ($2::uuid[])
ORDER BY t.url, t.created_at, t.id

-- Contact.owner
SELECT t.id,
  nullif(coalesce(nullif(t.name, ''), trim(t.first_name || ' ' || t.last_name)), ''),
  t.id,
  t.show_onboarding_page,
  t.roles
FROM app_user t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state = 'LIVE'

-- Contact.organizations.count
SELECT j.contact_id, count(DISTINCT j.organization_id)
FROM job_role j
JOIN organization t ON t.tenant_id = j.tenant_id AND t.id = j.organization_id AND t.state IN ('LIVE', 'HIDDEN')
WHERE j.tenant_id = $1 AND j.contact_id = ANY ($2::uuid[])
GROUP BY j.contact_id

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

-- JobRole.organization
SELECT t.id, t.name
FROM organization t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state IN ('LIVE', 'HIDDEN')

-- JobRole.contact
SELECT t.id, t.name
FROM contact t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state IN ('LIVE', 'HIDDEN')

-- Email.emailValidationDetails
SELECT e.id,
  t.validated_at IS NOT NULL,
  CASE t.deliverable
    WHEN 'DELIVERABLE' THEN 'safe'
    WHEN 'UNDELIVERABLE' THEN 'invalid'
    WHEN 'UNKNOWN' THEN 'unknown'
  END,
  t.deliverable
FROM email e
LEFT JOIN email_validation t ON t.tenant_id = e.tenant_id AND t.email_id = e.id
WHERE e.tenant_id = $1 AND e.id = ANY ($2::uuid[])

-- Email.contacts
SELECT l.email_id, t.name
FROM contact_email l
JOIN contact t ON t.tenant_id = l.tenant_id AND t.id = l.contact_id
WHERE l.tenant_id = $1 AND l.email_id = ANY ($2::uuid[]) AND t.state IN ('LIVE', 'HIDDEN')
ORDER BY t.first_name, t.last_name, t.id

-- User.emails
SELECT l.user_id, coalesce(nullif(t.email, ''), t.raw_email)
FROM user_email l
JOIN email t ON t.tenant_id = l.tenant_id AND t.id = l.email_id
WHERE l.tenant_id = $1 AND l.user_id = ANY ($2::uuid[])
ORDER BY t.email, t.raw_email, t.id
