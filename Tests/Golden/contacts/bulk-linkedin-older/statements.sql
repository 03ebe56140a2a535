-- contact.find_by_profiles
WITH given AS MATERIALIZED (
  SELECT key, alias, fold(alias) AS folded, place
  FROM unnest($2::text[], $3::text[]) WITH ORDINALITY input (key, alias, place)
),
profiles AS MATERIALIZED (
  SELECT s.id, g.place, 1 AS rank
  FROM (SELECT s.id, s.url_key FROM social s WHERE s.tenant_id = $1 AND s.url_key = ANY (ARRAY(SELECT key FROM given))) s
  JOIN given g ON g.key = s.url_key
  UNION ALL
  SELECT s.id, g.place, 2
  FROM (
    SELECT s.id, fold(s.alias) AS folded
    FROM social s
    WHERE s.tenant_id = $1
      AND s.alias <> ''
      AND fold(s.alias) = ANY (ARRAY(SELECT folded FROM given))
      AND starts_with(s.url_key, 'linkedin.com/in/')
  ) s
  JOIN given g USING (folded)
  UNION ALL
  SELECT s.id, g.place, 2
  FROM (
    SELECT s.id, s.external_id
    FROM social s
    WHERE s.tenant_id = $1
      AND s.external_id <> ''
      AND s.external_id = ANY (ARRAY(SELECT alias FROM given))
      AND starts_with(s.url_key, 'linkedin.com/in/')
  ) s
  JOIN given g ON g.alias = s.external_id
),
links AS MATERIALIZED (
  SELECT l.social_id, l.contact_id
  FROM contact_social l
  WHERE l.tenant_id = $1 AND l.social_id = ANY (ARRAY(SELECT id FROM profiles))
),
people AS MATERIALIZED (
  SELECT t.id, t.state, t.created_at
  FROM contact t
  WHERE t.tenant_id = $1 AND t.id = ANY (ARRAY(SELECT contact_id FROM links)) AND t.state IN ('LIVE', 'HIDDEN')
),
found AS (
  SELECT DISTINCT ON (r.place) r.place, p.id
  FROM profiles r
  JOIN links l ON l.social_id = r.id
  JOIN people p ON p.id = l.contact_id
  ORDER BY r.place, r.rank, p.state = 'HIDDEN', p.created_at, p.id
)
SELECT given.key, found.id
FROM given
LEFT JOIN found USING (place)
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

-- contact.find_by_profiles
WITH given AS MATERIALIZED (
  SELECT key, alias, fold(alias) AS folded, place
  FROM unnest($2::text[], $3::text[]) WITH ORDINALITY input (key, alias, place)
),
profiles AS MATERIALIZED (
  SELECT s.id, g.place, 1 AS rank
  FROM (SELECT s.id, s.url_key FROM social s WHERE s.tenant_id = $1 AND s.url_key = ANY (ARRAY(SELECT key FROM given))) s
  JOIN given g ON g.key = s.url_key
  UNION ALL
  SELECT s.id, g.place, 2
  FROM (
    SELECT s.id, fold(s.alias) AS folded
    FROM social s
    WHERE s.tenant_id = $1
      AND s.alias <> ''
      AND fold(s.alias) = ANY (ARRAY(SELECT folded FROM given))
      AND starts_with(s.url_key, 'linkedin.com/in/')
  ) s
  JOIN given g USING (folded)
  UNION ALL
  SELECT s.id, g.place, 2
  FROM (
    SELECT s.id, s.external_id
    FROM social s
    WHERE s.tenant_id = $1
      AND s.external_id <> ''
      AND s.external_id = ANY (ARRAY(SELECT alias FROM given))
      AND starts_with(s.url_key, 'linkedin.com/in/')
  ) s
  JOIN given g ON g.alias = s.external_id
),
links AS MATERIALIZED (
  SELECT l.social_id, l.contact_id
  FROM contact_social l
  WHERE l.tenant_id = $1 AND l.social_id = ANY (ARRAY(SELECT id FROM profiles))
),
people AS MATERIALIZED (
  SELECT t.id, t.state, t.created_at
  FROM contact t
  WHERE t.tenant_id = $1 AND t.id = ANY (ARRAY(SELECT contact_id FROM links)) AND t.state IN ('LIVE', 'HIDDEN')
),
found AS (
  SELECT DISTINCT ON (r.place) r.place, p.id
  FROM profiles r
  JOIN links l ON l.social_id = r.id
  JOIN people p ON p.id = l.contact_id
  ORDER BY r.place, r.rank, p.state = 'HIDDEN', p.created_at, p.id
)
SELECT given.key, found.id
FROM given
LEFT JOIN found USING (place)
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

-- contact_social.insert_all
WITH given AS (
  SELECT *
  FROM unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[]) made (
    contact_id,
    social_id,
    url,
    url_key,
    alias
  )
),
made AS (INSERT INTO social (tenant_id, id, url, url_key, alias) SELECT $1, social_id, url, url_key, alias FROM given)
INSERT INTO contact_social (tenant_id, contact_id, social_id)
SELECT $1, contact_id, social_id
FROM given
