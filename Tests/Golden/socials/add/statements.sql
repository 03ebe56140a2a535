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

-- contact_social.find
SELECT t.id
FROM contact_social l
JOIN social t ON t.tenant_id = l.tenant_id AND t.id = l.social_id
WHERE l.tenant_id = $1 AND l.contact_id = $2::uuid AND t.url_key = $3
ORDER BY t.created_at, t.id
LIMIT 1

-- social.lock_key
SELECT pg_advisory_xact_lock(hashtextextended($2, $1::integer))

-- contact_social.find_other
SELECT o.id
FROM social t
JOIN contact_social l ON l.tenant_id = t.tenant_id AND l.social_id = t.id AND l.contact_id <> $2::uuid
JOIN contact o ON o.tenant_id = l.tenant_id AND o.id = l.contact_id AND o.state IN ('LIVE', 'HIDDEN')
WHERE t.tenant_id = $1 AND t.url_key = $3
LIMIT 1

-- contact_social.insert
WITH made AS (
  INSERT INTO social (tenant_id, id, url, url_key, alias)
  VALUES ($1, $2::uuid, $4, $5, $6)
  RETURNING tenant_id, id
)
INSERT INTO contact_social (tenant_id, contact_id, social_id)
SELECT tenant_id, $3::uuid, id
FROM made

-- Mutation.contact_AddSocial
SELECT NULL,
  t.id,
  t.url,
  t.alias,
  t.followers_count,
  t.external_id,
  coalesce(nullif(t.source, ''), 'NA'),
  t.app_source,
  t.created_at
FROM social t
WHERE t.tenant_id = $1 AND t.id = $2::uuid

-- organization.lock_links
SELECT id
FROM organization
WHERE tenant_id = $1 AND id = $2::uuid AND state IN ('LIVE', 'HIDDEN')
FOR NO KEY UPDATE

-- organization_social.find
SELECT t.id
FROM organization_social l
JOIN social t ON t.tenant_id = l.tenant_id AND t.id = l.social_id
WHERE l.tenant_id = $1 AND l.organization_id = $2::uuid AND t.url_key = $3
ORDER BY t.created_at, t.id
LIMIT 1

-- social.lock_key
SELECT pg_advisory_xact_lock(hashtextextended($2, $1::integer))

-- organization_social.find_other
SELECT o.id
FROM social t
JOIN organization_social l ON l.tenant_id = t.tenant_id AND l.social_id = t.id AND l.organization_id <> $2::uuid
JOIN organization o ON o.tenant_id = l.tenant_id AND o.id = l.organization_id AND o.state IN ('LIVE', 'HIDDEN')
WHERE t.tenant_id = $1 AND t.url_key = $3
LIMIT 1

-- organization_social.insert
WITH made AS (
  INSERT INTO social (tenant_id, id, url, url_key, alias)
  VALUES ($1, $2::uuid, $4, $5, $6)
  RETURNING tenant_id, id
)
INSERT INTO organization_social (tenant_id, organization_id, social_id)
SELECT tenant_id, $3::uuid, id
FROM made

-- Mutation.organization_AddSocial
SELECT NULL,
  t.id,
  t.url,
  t.alias,
  t.followers_count,
  t.external_id,
  coalesce(nullif(t.source, ''), 'NA'),
  t.app_source,
  t.created_at
FROM social t
WHERE t.tenant_id = $1 AND t.id = $2::uuid

-- organization.lock_links
SELECT id
FROM organization
WHERE tenant_id = $1 AND id = $2::uuid AND state IN ('LIVE', 'HIDDEN')
FOR NO KEY UPDATE

-- organization_social.find
SELECT t.id
FROM organization_social l
JOIN social t ON t.tenant_id = l.tenant_id AND t.id = l.social_id
WHERE l.tenant_id = $1 AND l.organization_id = $2::uuid AND t.url_key = $3
ORDER BY t.created_at, t.id
LIMIT 1

-- organization_social.insert
WITH made AS (
  INSERT INTO social (tenant_id, id, url, url_key, alias)
  VALUES ($1, $2::uuid, $4, $5, $6)
  RETURNING tenant_id, id
)
INSERT INTO organization_social (tenant_id, organization_id, social_id)
SELECT tenant_id, $3::uuid, id
FROM made

-- Mutation.organization_AddSocial
SELECT NULL,
  t.id,
  t.url,
  t.alias,
  t.followers_count,
  t.external_id,
  coalesce(nullif(t.source, ''), 'NA'),
  t.app_source,
  t.created_at
FROM social t
WHERE t.tenant_id = $1 AND t.id = $2::uuid

-- organization.lock_links
SELECT id
FROM organization
WHERE tenant_id = $1 AND id = $2::uuid AND state IN ('LIVE', 'HIDDEN')
FOR NO KEY UPDATE

-- organization_social.find
SELECT t.id
FROM organization_social l
JOIN social t ON t.tenant_id = l.tenant_id AND t.id = l.social_id
WHERE l.tenant_id = $1 AND l.organization_id = $2::uuid AND t.url_key = $3
ORDER BY t.created_at, t.id
LIMIT 1

-- organization_social.insert
WITH made AS (
  INSERT INTO social (tenant_id, id, url, url_key, alias)
  VALUES ($1, $2::uuid, $4, $5, $6)
  RETURNING tenant_id, id
)
INSERT INTO organization_social (tenant_id, organization_id, social_id)
SELECT tenant_id, $3::uuid, id
FROM made

-- Mutation.organization_AddSocial
SELECT NULL,
  t.id,
  t.url,
  t.alias,
  t.followers_count,
  t.external_id,
  coalesce(nullif(t.source, ''), 'NA'),
  t.app_source,
  t.created_at
FROM social t
WHERE t.tenant_id = $1 AND t.id = $2::uuid
