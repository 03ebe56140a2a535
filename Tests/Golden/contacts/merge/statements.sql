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

-- contact_merge.lock_emails
SELECT id
FROM email
WHERE tenant_id = $1
  AND id = ANY (ARRAY(SELECT email_id FROM contact_email WHERE tenant_id = $1 AND contact_id = ANY ($2::uuid[])))
ORDER BY id
FOR UPDATE

-- contact_merge.lock_phone_numbers
SELECT id
FROM phone_number
WHERE tenant_id = $1
  AND id = ANY (
    ARRAY(SELECT phone_number_id FROM contact_phone_number WHERE tenant_id = $1 AND contact_id = ANY ($2::uuid[]))
  )
ORDER BY id
FOR UPDATE

-- contact_merge.fill
WITH place AS (SELECT * FROM unnest(array_prepend($2::uuid, $3::uuid[])) WITH ORDINALITY AS given (contact_id, place))
UPDATE contact p
SET updated_at = now(),
  prefix = coalesce(nullif(p.prefix, ''), m.prefix, p.prefix),
  name = coalesce(nullif(p.name, ''), m.name, p.name),
  first_name = coalesce(nullif(p.first_name, ''), m.first_name, p.first_name),
  last_name = coalesce(nullif(p.last_name, ''), m.last_name, p.last_name),
  description = coalesce(nullif(p.description, ''), m.description, p.description),
  timezone = coalesce(nullif(p.timezone, ''), m.timezone, p.timezone),
  profile_photo_url = coalesce(nullif(p.profile_photo_url, ''), m.profile_photo_url, p.profile_photo_url),
  username = coalesce(nullif(p.username, ''), m.username, p.username),
  owner_id = coalesce(p.owner_id, m.owner_id)
FROM (
  SELECT (array_agg(o.prefix ORDER BY place.place) FILTER (WHERE o.prefix <> ''))[1] AS prefix,
    (array_agg(o.name ORDER BY place.place) FILTER (WHERE o.name <> ''))[1] AS name,
    (array_agg(o.first_name ORDER BY place.place) FILTER (WHERE o.first_name <> ''))[1] AS first_name,
    (array_agg(o.last_name ORDER BY place.place) FILTER (WHERE o.last_name <> ''))[1] AS last_name,
    (array_agg(o.description ORDER BY place.place) FILTER (WHERE o.description <> ''))[1] AS description,
    (array_agg(o.timezone ORDER BY place.place) FILTER (WHERE o.timezone <> ''))[1] AS timezone,
    (array_agg(o.profile_photo_url ORDER BY place.place) FILTER (WHERE o.profile_photo_url <> ''))[1] AS profile_photo_url,
    (array_agg(o.username ORDER BY place.place) FILTER (WHERE o.username <> ''))[1] AS username,
    (array_agg(o.owner_id ORDER BY place.place) FILTER (WHERE o.owner_id IS NOT NULL))[1] AS owner_id
  FROM place
  JOIN contact o ON o.tenant_id = $1 AND o.id = place.contact_id
  WHERE place.place > 1
) m
WHERE p.tenant_id = $1 AND p.id = $2::uuid

-- contact_merge.emails
WITH place AS (SELECT * FROM unnest(array_prepend($2::uuid, $3::uuid[])) WITH ORDINALITY AS given (contact_id, place)),
moved AS (DELETE FROM contact_email WHERE tenant_id = $1 AND contact_id = ANY ($3::uuid[]) RETURNING *)
INSERT INTO contact_email (tenant_id, contact_id, email_id, is_primary, label, created_at)
SELECT $1, $2::uuid, email_id, false, (array_agg(label ORDER BY place.place))[1], min(created_at)
FROM moved
JOIN place USING (contact_id)
GROUP BY email_id
ON CONFLICT (tenant_id, contact_id, email_id) DO NOTHING

-- contact_merge.phone_numbers
WITH place AS (SELECT * FROM unnest(array_prepend($2::uuid, $3::uuid[])) WITH ORDINALITY AS given (contact_id, place)),
moved AS (DELETE FROM contact_phone_number WHERE tenant_id = $1 AND contact_id = ANY ($3::uuid[]) RETURNING *)
INSERT INTO contact_phone_number (tenant_id, contact_id, phone_number_id, is_primary, label, created_at)
SELECT $1, $2::uuid, phone_number_id, false, (array_agg(label ORDER BY place.place))[1], min(created_at)
FROM moved
JOIN place USING (contact_id)
GROUP BY phone_number_id
ON CONFLICT (tenant_id, contact_id, phone_number_id) DO NOTHING

-- contact_merge.tags
WITH moved AS (DELETE FROM contact_tag WHERE tenant_id = $1 AND contact_id = ANY ($3::uuid[]) RETURNING *)
INSERT INTO contact_tag (tenant_id, contact_id, tag_id, tagged_at)
SELECT $1, $2::uuid, tag_id, min(tagged_at)
FROM moved
GROUP BY tag_id
ON CONFLICT (tenant_id, contact_id, tag_id) DO NOTHING

-- contact_merge.locations
WITH moved AS (DELETE FROM contact_location WHERE tenant_id = $1 AND contact_id = ANY ($3::uuid[]) RETURNING *)
INSERT INTO contact_location (tenant_id, contact_id, location_id, created_at)
SELECT $1, $2::uuid, location_id, min(created_at)
FROM moved
GROUP BY location_id
ON CONFLICT (tenant_id, contact_id, location_id) DO NOTHING

-- contact_merge.socials
WITH place AS (SELECT * FROM unnest(array_prepend($2::uuid, $3::uuid[])) WITH ORDINALITY AS given (contact_id, place)),
ranked AS (
  SELECT l.contact_id,
    l.social_id,
    l.created_at,
    row_number() OVER (PARTITION BY s.url_key ORDER BY place.place, s.created_at, s.id) AS rank
  FROM place
  JOIN contact_social l ON l.tenant_id = $1 AND l.contact_id = place.contact_id
  JOIN social s ON s.tenant_id = $1 AND s.id = l.social_id
),
moved AS (
  INSERT INTO contact_social (tenant_id, contact_id, social_id, created_at)
  SELECT $1, $2::uuid, social_id, created_at
  FROM ranked
  WHERE rank = 1 AND contact_id <> $2::uuid
  ON CONFLICT (tenant_id, contact_id, social_id) DO NOTHING
),
gone AS (DELETE FROM contact_social WHERE tenant_id = $1 AND contact_id = ANY ($3::uuid[]))
DELETE FROM social s
USING ranked r
WHERE s.tenant_id = $1
  AND s.id = r.social_id
  AND NOT EXISTS (SELECT FROM ranked k WHERE k.social_id = s.id AND (k.rank = 1 OR k.contact_id = $2::uuid))
  AND NOT EXISTS (
    SELECT
    FROM contact_social l
    WHERE l.tenant_id = $1 AND l.social_id = s.id AND l.contact_id <> $2::uuid AND l.contact_id <> ALL ($3::uuid[])
  )
  AND NOT EXISTS (SELECT FROM organization_social l WHERE l.tenant_id = $1 AND l.social_id = s.id)

-- contact_merge.collapsed_roles
WITH place AS (SELECT * FROM unnest(array_prepend($2::uuid, $3::uuid[])) WITH ORDINALITY AS given (contact_id, place)),
ranked AS (
  SELECT j.*, place.place, first_value(j.contact_id) OVER role AS keeper, first_value(j.id) OVER role AS kept_id
  FROM place
  JOIN job_role j ON j.tenant_id = $1 AND j.contact_id = place.contact_id
  WHERE j.organization_id IS NOT NULL
  WINDOW role AS (PARTITION BY j.organization_id ORDER BY place.place, NOT j.is_primary, j.created_at, j.id)
),
lost AS (SELECT * FROM ranked WHERE contact_id <> keeper),
filled AS (
  UPDATE job_role k
  SET job_title = coalesce(nullif(k.job_title, ''), l.job_title, ''),
    description = coalesce(nullif(k.description, ''), l.description),
    company = coalesce(nullif(k.company, ''), l.company)
  FROM (
    SELECT kept_id,
      (array_agg(job_title ORDER BY place) FILTER (WHERE job_title <> ''))[1] AS job_title,
      (array_agg(description ORDER BY place) FILTER (WHERE description <> ''))[1] AS description,
      (array_agg(company ORDER BY place) FILTER (WHERE company <> ''))[1] AS company
    FROM lost
    GROUP BY kept_id
  ) l
  WHERE k.tenant_id = $1 AND k.id = l.kept_id
),
said AS (
  INSERT INTO timeline_event_participant (tenant_id, timeline_event_id, role, job_role_id, type, position)
  SELECT $1, p.timeline_event_id, p.role, l.kept_id, min(p.type), min(p.position)
  FROM lost l
  JOIN timeline_event_participant p ON p.tenant_id = $1 AND p.job_role_id = l.id
  GROUP BY p.timeline_event_id, p.role, l.kept_id
  ON CONFLICT (tenant_id, timeline_event_id, role, subject_id) DO NOTHING
)
DELETE FROM job_role j
USING lost
WHERE j.tenant_id = $1 AND j.id = lost.id

-- contact_merge.roles
UPDATE job_role
SET contact_id = $2::uuid, is_primary = false, updated_at = now()
WHERE tenant_id = $1 AND contact_id = ANY ($3::uuid[])

-- contact_merge.participants
WITH moved AS (
  DELETE FROM timeline_event_participant
  WHERE tenant_id = $1 AND contact_id = ANY ($3::uuid[])
  RETURNING *
)
INSERT INTO timeline_event_participant (tenant_id, timeline_event_id, role, contact_id, type, position)
SELECT $1, timeline_event_id, role, $2::uuid, min(type), min(position)
FROM moved
GROUP BY timeline_event_id, role
ON CONFLICT (tenant_id, timeline_event_id, role, subject_id) DO NOTHING

-- contact_merge.notes
UPDATE note
SET contact_id = $2::uuid
WHERE tenant_id = $1 AND contact_id = ANY ($3::uuid[])

-- contact_merge.page_views
UPDATE page_view
SET contact_id = $2::uuid
WHERE tenant_id = $1 AND contact_id = ANY ($3::uuid[])

-- contact_merge.markdown_events
UPDATE markdown_event
SET contact_id = $2::uuid
WHERE tenant_id = $1 AND contact_id = ANY ($3::uuid[])

-- contact_merge.custom_fields
WITH place AS (SELECT * FROM unnest(array_prepend($2::uuid, $3::uuid[])) WITH ORDINALITY AS given (contact_id, place)),
ranked AS (
  SELECT r.id,
    r.contact_id,
    row_number() OVER (PARTITION BY name, data_type ORDER BY place.place, r.created_at, r.id) AS rank
  FROM place
  JOIN custom_field r ON r.tenant_id = $1 AND r.contact_id = place.contact_id
),
gone AS (DELETE FROM custom_field r USING ranked WHERE r.tenant_id = $1 AND r.id = ranked.id AND ranked.rank > 1)
UPDATE custom_field r
SET contact_id = $2::uuid, updated_at = now()
FROM ranked
WHERE r.tenant_id = $1 AND r.id = ranked.id AND ranked.rank = 1 AND ranked.contact_id <> $2::uuid

-- contact_merge.external_links
WITH place AS (SELECT * FROM unnest(array_prepend($2::uuid, $3::uuid[])) WITH ORDINALITY AS given (contact_id, place)),
ranked AS (
  SELECT r.id,
    r.contact_id,
    row_number() OVER (PARTITION BY system, external_id ORDER BY place.place, r.created_at, r.id) AS rank
  FROM place
  JOIN external_link r ON r.tenant_id = $1 AND r.contact_id = place.contact_id
),
gone AS (DELETE FROM external_link r USING ranked WHERE r.tenant_id = $1 AND r.id = ranked.id AND ranked.rank > 1)
UPDATE external_link r
SET contact_id = $2::uuid, updated_at = now()
FROM ranked
WHERE r.tenant_id = $1 AND r.id = ranked.id AND ranked.rank = 1 AND ranked.contact_id <> $2::uuid

-- contact_merge.import_keys
UPDATE import_key
SET contact_id = $2::uuid, is_merged = true
WHERE tenant_id = $1 AND contact_id = ANY ($3::uuid[])

-- contact_merge.flow_participants
WITH place AS (SELECT * FROM unnest(array_prepend($2::uuid, $3::uuid[])) WITH ORDINALITY AS given (contact_id, place)),
ranked AS (
  SELECT r.id, r.contact_id, row_number() OVER (PARTITION BY flow_id ORDER BY place.place, r.created_at, r.id) AS rank
  FROM place
  JOIN flow_participant r ON r.tenant_id = $1 AND r.contact_id = place.contact_id
),
gone AS (DELETE FROM flow_participant r USING ranked WHERE r.tenant_id = $1 AND r.id = ranked.id AND ranked.rank > 1)
UPDATE flow_participant r
SET contact_id = $2::uuid, updated_at = now()
FROM ranked
WHERE r.tenant_id = $1 AND r.id = ranked.id AND ranked.rank = 1 AND ranked.contact_id <> $2::uuid

-- contact_merge.mark
UPDATE contact
SET state = 'MERGED', merged_into_id = $2::uuid, state_changed_at = now(), updated_at = now()
WHERE tenant_id = $1 AND id = ANY ($3::uuid[])

-- contact_merge.promoted_email
UPDATE contact_email
SET is_primary = true
WHERE tenant_id = $1
  AND contact_id = $2::uuid
  AND email_id = (
    SELECT l.email_id
    FROM contact_email l
    WHERE l.tenant_id = $1 AND l.contact_id = $2::uuid
    ORDER BY l.created_at, l.email_id
    LIMIT 1
  )
  AND NOT EXISTS (SELECT FROM contact_email l WHERE l.tenant_id = $1 AND l.contact_id = $2::uuid AND l.is_primary)

-- contact_merge.promoted_role
UPDATE job_role
SET is_primary = true
WHERE tenant_id = $1
  AND id = (
    SELECT j.id
    FROM job_role j
    WHERE j.tenant_id = $1 AND j.contact_id = $2::uuid
    ORDER BY j.created_at, j.id
    LIMIT 1
  )
  AND NOT EXISTS (SELECT FROM job_role j WHERE j.tenant_id = $1 AND j.contact_id = $2::uuid AND j.is_primary)

-- contact.links_refresh
CALL contact_links_refresh($1::integer, $2::uuid[], $3::uuid[])

-- Mutation.contact_Merge
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
  t.username,
  t.description,
  t.timezone,
  t.profile_photo_url,
  t.state = 'HIDDEN',
  t.owner_id
FROM contact t
WHERE t.tenant_id = $1 AND t.id = $2::uuid

-- Contact.primaryEmail
SELECT l.contact_id, coalesce(nullif(t.email, ''), t.raw_email)
FROM contact_email l
JOIN email t ON t.tenant_id = l.tenant_id AND t.id = l.email_id
WHERE l.tenant_id = $1 AND l.contact_id = ANY ($2::uuid[]) AND l.is_primary

-- Contact.emails
SELECT l.contact_id, coalesce(nullif(t.email, ''), t.raw_email), l.is_primary
FROM contact_email l
JOIN email t ON t.tenant_id = l.tenant_id AND t.id = l.email_id
WHERE l.tenant_id = $1 AND l.contact_id = ANY ($2::uuid[])
ORDER BY t.email, t.raw_email, t.id

-- Contact.phoneNumbers
SELECT l.contact_id, nullif(t.raw_phone_number, ''), l.is_primary, l.label
FROM contact_phone_number l
JOIN phone_number t ON t.tenant_id = l.tenant_id AND t.id = l.phone_number_id
WHERE l.tenant_id = $1 AND l.contact_id = ANY ($2::uuid[])
ORDER BY t.created_at, t.id

-- Contact.tags
SELECT l.contact_id, t.name
FROM contact_tag l
JOIN tag t ON t.tenant_id = l.tenant_id AND t.id = l.tag_id
WHERE l.tenant_id = $1 AND l.contact_id = ANY ($2::uuid[])
ORDER BY l.tagged_at, t.name, t.id

-- Contact.locations
SELECT l.contact_id, t.name
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

-- Contact.jobRoles
SELECT t.contact_id, nullif(t.job_title, ''), t.is_primary, t.organization_id
FROM job_role t
WHERE t.tenant_id = $1 AND t.contact_id = ANY ($2::uuid[])
ORDER BY t.job_title, t.created_at, t.id

-- Contact.owner
SELECT t.id, nullif(coalesce(nullif(t.name, ''), trim(t.first_name || ' ' || t.last_name)), '')
FROM app_user t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state = 'LIVE'

-- JobRole.organization
SELECT t.id, t.name
FROM organization t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state IN ('LIVE', 'HIDDEN')

-- then

-- Query.contact
SELECT NULL, t.name
FROM contact t
WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.state IN ('LIVE', 'HIDDEN')
LIMIT 1

-- Query.contact_ByEmail
SELECT NULL, t.id
FROM contact t
WHERE t.tenant_id = $1
  AND t.id = ANY (
    ARRAY(
      SELECT l.contact_id
      FROM contact_email l
      WHERE l.tenant_id = $1
        AND l.email_id = ANY (
          ARRAY(
            SELECT e.id
            FROM email e
            WHERE e.tenant_id = $1 AND fold(e.raw_email) = fold($2)
            UNION ALL
            SELECT e.id
            FROM email e
            WHERE e.tenant_id = $1 AND e.email <> '' AND fold(e.email) = fold($2)
          )
        )
    )
  )
  AND t.state IN ('LIVE', 'HIDDEN')
ORDER BY t.state = 'HIDDEN', t.created_at, t.id
LIMIT 1

-- Query.contact_ByPhone
SELECT NULL, t.id
FROM contact t
WHERE t.tenant_id = $1
  AND t.id = ANY (
    ARRAY(
      SELECT l.contact_id
      FROM contact_phone_number l
      WHERE l.tenant_id = $1
        AND l.phone_number_id = ANY (
          ARRAY(
            SELECT p.id
            FROM phone_number p
            WHERE p.tenant_id = $1
              AND coalesce(p.e164, p.raw_phone_number) = $2::text
              AND ($4::text = '' OR p.extension = $4::text)
            UNION ALL
            SELECT p.id
            FROM phone_number p
            WHERE p.tenant_id = $1 AND p.raw_phone_number = $3::text
          )
        )
    )
  )
  AND t.state IN ('LIVE', 'HIDDEN')
ORDER BY NOT EXISTS (
  SELECT
  FROM contact_phone_number l
  JOIN phone_number p ON p.tenant_id = l.tenant_id AND p.id = l.phone_number_id
  WHERE l.tenant_id = $1
    AND l.contact_id = t.id
    AND coalesce(p.e164, p.raw_phone_number) = $2::text
    AND p.extension = $4::text
),
  t.state = 'HIDDEN',
  t.created_at,
  t.id
LIMIT 1
