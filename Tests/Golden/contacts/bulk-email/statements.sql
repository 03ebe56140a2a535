-- flow.share
SELECT id
FROM flow
WHERE tenant_id = $1 AND id = $2::uuid AND status <> 'ARCHIVED'
FOR SHARE

-- contact.find_by_emails
WITH given AS MATERIALIZED (
  SELECT fold(address) AS folded, place
  FROM unnest($2::text[]) WITH ORDINALITY input (address, place)
),
emails AS MATERIALIZED (
  SELECT e.id, fold(e.raw_email) AS folded
  FROM email e
  WHERE e.tenant_id = $1 AND fold(e.raw_email) = ANY (ARRAY(SELECT folded FROM given))
  UNION
  SELECT e.id, fold(e.email)
  FROM email e
  WHERE e.tenant_id = $1 AND e.email <> '' AND fold(e.email) = ANY (ARRAY(SELECT folded FROM given))
),
links AS MATERIALIZED (
  SELECT l.email_id, l.contact_id
  FROM contact_email l
  WHERE l.tenant_id = $1 AND l.email_id = ANY (ARRAY(SELECT id FROM emails))
),
people AS MATERIALIZED (
  SELECT t.id, t.state, t.created_at
  FROM contact t
  WHERE t.tenant_id = $1 AND t.id = ANY (ARRAY(SELECT contact_id FROM links)) AND t.state IN ('LIVE', 'HIDDEN')
),
found AS (
  SELECT DISTINCT ON (e.folded) e.folded, p.id
  FROM emails e
  JOIN links l ON l.email_id = e.id
  JOIN people p ON p.id = l.contact_id
  ORDER BY e.folded, p.state = 'HIDDEN', p.created_at, p.id
)
SELECT given.folded, found.id
FROM given
LEFT JOIN found USING (folded)
ORDER BY given.place

-- contact.lock_all
SELECT id
FROM contact
WHERE tenant_id = $1 AND id = ANY ($2::uuid[]) AND state IN ('LIVE', 'HIDDEN')
ORDER BY id
FOR NO KEY UPDATE

-- bulk.lock
SELECT pg_advisory_xact_lock(hash)
FROM (SELECT DISTINCT hashtextextended(key, $1::integer) AS hash FROM unnest($2::text[]) key ORDER BY hash) ordered

-- contact.find_by_emails
WITH given AS MATERIALIZED (
  SELECT fold(address) AS folded, place
  FROM unnest($2::text[]) WITH ORDINALITY input (address, place)
),
emails AS MATERIALIZED (
  SELECT e.id, fold(e.raw_email) AS folded
  FROM email e
  WHERE e.tenant_id = $1 AND fold(e.raw_email) = ANY (ARRAY(SELECT folded FROM given))
  UNION
  SELECT e.id, fold(e.email)
  FROM email e
  WHERE e.tenant_id = $1 AND e.email <> '' AND fold(e.email) = ANY (ARRAY(SELECT folded FROM given))
),
links AS MATERIALIZED (
  SELECT l.email_id, l.contact_id
  FROM contact_email l
  WHERE l.tenant_id = $1 AND l.email_id = ANY (ARRAY(SELECT id FROM emails))
),
people AS MATERIALIZED (
  SELECT t.id, t.state, t.created_at
  FROM contact t
  WHERE t.tenant_id = $1 AND t.id = ANY (ARRAY(SELECT contact_id FROM links)) AND t.state IN ('LIVE', 'HIDDEN')
),
found AS (
  SELECT DISTINCT ON (e.folded) e.folded, p.id
  FROM emails e
  JOIN links l ON l.email_id = e.id
  JOIN people p ON p.id = l.contact_id
  ORDER BY e.folded, p.state = 'HIDDEN', p.created_at, p.id
)
SELECT given.folded, found.id
FROM given
LEFT JOIN found USING (folded)
ORDER BY given.place

-- contact.touch_all
UPDATE contact
SET updated_at = now(),
  state = 'LIVE',
  state_changed_at = CASE WHEN state = 'HIDDEN' THEN now() ELSE state_changed_at END
WHERE tenant_id = $1 AND id = ANY ($2::uuid[])

-- contact.insert_all
INSERT INTO contact (tenant_id, id, name, first_name, last_name)
SELECT $1, id, name, first, last
FROM unnest($2::uuid[], $3::text[], $4::text[], $5::text[]) made (id, name, first, last)

-- email.insert_all
INSERT INTO email (tenant_id, id, raw_email, email)
SELECT $1, given.id, given.address, fold(given.address)
FROM unnest($2::uuid[], $3::text[]) given (id, address)
WHERE NOT EXISTS (SELECT FROM email e WHERE e.tenant_id = $1 AND e.email <> '' AND fold(e.email) = fold(given.address))
ORDER BY fold(given.address)
ON CONFLICT (tenant_id, fold(raw_email)) DO NOTHING

-- email.lock_all
SELECT id
FROM email
WHERE tenant_id = $1
  AND id = ANY (
    ARRAY(
      SELECT e.id
      FROM email e
      WHERE e.tenant_id = $1 AND fold(e.raw_email) = ANY (ARRAY(SELECT fold(a) FROM unnest($2::text[]) a))
      UNION
      SELECT e.id
      FROM email e
      WHERE e.tenant_id = $1 AND e.email <> '' AND fold(e.email) = ANY (ARRAY(SELECT fold(a) FROM unnest($2::text[]) a))
    )
  )
ORDER BY id
FOR UPDATE

-- contact_email.insert_all
INSERT INTO contact_email (tenant_id, contact_id, email_id, is_primary)
SELECT $1, made.contact_id, e.id, true
FROM unnest($2::uuid[], $3::text[]) made (contact_id, address)
CROSS JOIN LATERAL (
  SELECT known.id
  FROM (
    SELECT m.id, m.created_at
    FROM email m
    WHERE m.tenant_id = $1 AND fold(m.raw_email) = fold(made.address)
    UNION
    SELECT m.id, m.created_at
    FROM email m
    WHERE m.tenant_id = $1 AND m.email <> '' AND fold(m.email) = fold(made.address)
  ) known
  ORDER BY known.created_at, known.id
  LIMIT 1
) e

-- contact.links_refresh
CALL contact_links_refresh($1::integer, $2::uuid[], $3::uuid[])

-- flow_participant.insert_all
INSERT INTO flow_participant (tenant_id, id, flow_id, contact_id)
SELECT $1, id, $2::uuid, contact_id
FROM unnest($3::uuid[], $4::uuid[]) participant (id, contact_id)
ORDER BY contact_id
ON CONFLICT (tenant_id, flow_id, contact_id) DO NOTHING

-- then

-- Query.contact_ByEmail
SELECT NULL, coalesce(nullif(t.source, ''), 'NA'), t.app_source, t.name, t.first_name, t.last_name, t.id
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

-- Query.contact
SELECT NULL, t.state = 'HIDDEN'
FROM contact t
WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.state IN ('LIVE', 'HIDDEN')
LIMIT 1

-- Contact.emails
SELECT l.contact_id, coalesce(nullif(t.email, ''), t.raw_email), t.raw_email, l.is_primary
FROM contact_email l
JOIN email t ON t.tenant_id = l.tenant_id AND t.id = l.email_id
WHERE l.tenant_id = $1 AND l.contact_id = ANY ($2::uuid[])
ORDER BY t.email, t.raw_email, t.id
