-- organization_subsidiary.lock
SELECT pg_advisory_xact_lock(hashtextextended('organization_subsidiary', $1::integer))

-- organization_merge.lock
SELECT id, relationship, stage
FROM organization
WHERE tenant_id = $1 AND id = ANY ($2::uuid[]) AND state IN ('LIVE', 'HIDDEN')
ORDER BY id
FOR UPDATE

-- organization_merge.fill
WITH place AS (
  SELECT *
  FROM unnest(array_prepend($2::uuid, $3::uuid[])) WITH ORDINALITY AS given (organization_id, place)
)
UPDATE organization p
SET updated_at = now(),
  relationship = $4,
  stage = $5,
  stage_changed_at = CASE WHEN p.stage IS DISTINCT FROM $5 THEN now() ELSE p.stage_changed_at END,
  name = coalesce(nullif(p.name, ''), m.name, p.name),
  description = coalesce(nullif(p.description, ''), m.description, p.description),
  notes = coalesce(nullif(p.notes, ''), m.notes, p.notes),
  website = coalesce(nullif(p.website, ''), m.website, p.website),
  industry = coalesce(nullif(p.industry, ''), m.industry, p.industry),
  reference_id = coalesce(nullif(p.reference_id, ''), m.reference_id, p.reference_id),
  lead_source = coalesce(nullif(p.lead_source, ''), m.lead_source, p.lead_source),
  sub_industry = coalesce(nullif(p.sub_industry, ''), m.sub_industry, p.sub_industry),
  industry_group = coalesce(nullif(p.industry_group, ''), m.industry_group, p.industry_group),
  target_audience = coalesce(nullif(p.target_audience, ''), m.target_audience, p.target_audience),
  value_proposition = coalesce(nullif(p.value_proposition, ''), m.value_proposition, p.value_proposition),
  last_funding_amount = coalesce(nullif(p.last_funding_amount, ''), m.last_funding_amount, p.last_funding_amount),
  last_funding_round = coalesce(nullif(p.last_funding_round, ''), m.last_funding_round, p.last_funding_round),
  logo_url = coalesce(nullif(p.logo_url, ''), m.logo_url, p.logo_url),
  icon_url = coalesce(nullif(p.icon_url, ''), m.icon_url, p.icon_url),
  employee_growth_rate = coalesce(nullif(p.employee_growth_rate, ''), m.employee_growth_rate, p.employee_growth_rate),
  headquarters = coalesce(nullif(p.headquarters, ''), m.headquarters, p.headquarters),
  market = coalesce(nullif(p.market, ''), m.market, p.market),
  employees = coalesce(nullif(p.employees, 0), m.employees, p.employees),
  year_founded = coalesce(nullif(p.year_founded, 0), m.year_founded, p.year_founded),
  is_public = coalesce(p.is_public, m.is_public),
  icp_fit = p.icp_fit OR m.icp_fit,
  industry_code = CASE WHEN p.industry = '' THEN m.industry_code ELSE p.industry_code END,
  owner_id = coalesce(p.owner_id, m.owner_id)
FROM (
  SELECT (array_agg(o.name ORDER BY place.place) FILTER (WHERE o.name <> ''))[1] AS name,
    (array_agg(o.description ORDER BY place.place) FILTER (WHERE o.description <> ''))[1] AS description,
    (array_agg(o.notes ORDER BY place.place) FILTER (WHERE o.notes <> ''))[1] AS notes,
    (array_agg(o.website ORDER BY place.place) FILTER (WHERE o.website <> ''))[1] AS website,
    (array_agg(o.industry ORDER BY place.place) FILTER (WHERE o.industry <> ''))[1] AS industry,
    (array_agg(o.reference_id ORDER BY place.place) FILTER (WHERE o.reference_id <> ''))[1] AS reference_id,
    (array_agg(o.lead_source ORDER BY place.place) FILTER (WHERE o.lead_source <> ''))[1] AS lead_source,
    (array_agg(o.sub_industry ORDER BY place.place) FILTER (WHERE o.sub_industry <> ''))[1] AS sub_industry,
    (array_agg(o.industry_group ORDER BY place.place) FILTER (WHERE o.industry_group <> ''))[1] AS industry_group,
    (array_agg(o.target_audience ORDER BY place.place) FILTER (WHERE o.target_audience <> ''))[1] AS target_audience,
    (array_agg(o.value_proposition ORDER BY place.place) FILTER (WHERE o.value_proposition <> ''))[1] AS value_proposition,
    (array_agg(o.last_funding_amount ORDER BY place.place) FILTER (WHERE o.last_funding_amount <> ''))[1] AS last_funding_amount,
    (array_agg(o.last_funding_round ORDER BY place.place) FILTER (WHERE o.last_funding_round <> ''))[1] AS last_funding_round,
    (array_agg(o.logo_url ORDER BY place.place) FILTER (WHERE o.logo_url <> ''))[1] AS logo_url,
    (array_agg(o.icon_url ORDER BY place.place) FILTER (WHERE o.icon_url <> ''))[1] AS icon_url,
    (array_agg(o.employee_growth_rate ORDER BY place.place) FILTER (WHERE o.employee_growth_rate <> ''))[1] AS employee_growth_rate,
    (array_agg(o.headquarters ORDER BY place.place) FILTER (WHERE o.headquarters <> ''))[1] AS headquarters,
    (array_agg(o.market ORDER BY place.place) FILTER (WHERE o.market <> ''))[1] AS market,
    (array_agg(o.employees ORDER BY place.place) FILTER (WHERE o.employees <> 0))[1] AS employees,
    (array_agg(o.year_founded ORDER BY place.place) FILTER (WHERE o.year_founded <> 0))[1] AS year_founded,
    (array_agg(o.is_public ORDER BY place.place) FILTER (WHERE o.is_public IS NOT NULL))[1] AS is_public,
    bool_or(o.icp_fit) AS icp_fit,
    (array_agg(o.industry_code ORDER BY place.place) FILTER (WHERE o.industry <> ''))[1] AS industry_code,
    (array_agg(o.owner_id ORDER BY place.place) FILTER (WHERE o.owner_id IS NOT NULL))[1] AS owner_id
  FROM place
  JOIN organization o ON o.tenant_id = $1 AND o.id = place.organization_id
  WHERE place.place > 1
) m
WHERE p.tenant_id = $1 AND p.id = $2::uuid

-- organization_merge.domains
UPDATE organization_domain
SET organization_id = $2::uuid
WHERE tenant_id = $1 AND organization_id = ANY ($3::uuid[])

-- organization_merge.job_roles
UPDATE job_role
SET organization_id = $2::uuid, updated_at = now()
WHERE tenant_id = $1 AND organization_id = ANY ($3::uuid[])

-- organization_merge.emails
WITH place AS (
  SELECT *
  FROM unnest(array_prepend($2::uuid, $3::uuid[])) WITH ORDINALITY AS given (organization_id, place)
),
moved AS (DELETE FROM organization_email WHERE tenant_id = $1 AND organization_id = ANY ($3::uuid[]) RETURNING *)
INSERT INTO organization_email (tenant_id, organization_id, email_id, is_primary, label, created_at)
SELECT $1, $2::uuid, email_id, false, (array_agg(label ORDER BY place.place))[1], min(created_at)
FROM moved
JOIN place USING (organization_id)
GROUP BY email_id
ON CONFLICT (tenant_id, organization_id, email_id) DO NOTHING

-- organization_merge.phone_numbers
WITH place AS (
  SELECT *
  FROM unnest(array_prepend($2::uuid, $3::uuid[])) WITH ORDINALITY AS given (organization_id, place)
),
moved AS (DELETE FROM organization_phone_number WHERE tenant_id = $1 AND organization_id = ANY ($3::uuid[]) RETURNING *)
INSERT INTO organization_phone_number (tenant_id, organization_id, phone_number_id, is_primary, label, created_at)
SELECT $1, $2::uuid, phone_number_id, false, (array_agg(label ORDER BY place.place))[1], min(created_at)
FROM moved
JOIN place USING (organization_id)
GROUP BY phone_number_id
ON CONFLICT (tenant_id, organization_id, phone_number_id) DO NOTHING

-- organization_merge.locations
WITH moved AS (
  DELETE FROM organization_location
  WHERE tenant_id = $1 AND organization_id = ANY ($3::uuid[])
  RETURNING *
)
INSERT INTO organization_location (tenant_id, organization_id, location_id, created_at)
SELECT $1, $2::uuid, location_id, min(created_at)
FROM moved
GROUP BY location_id
ON CONFLICT (tenant_id, organization_id, location_id) DO NOTHING

-- organization_merge.tags
WITH moved AS (DELETE FROM organization_tag WHERE tenant_id = $1 AND organization_id = ANY ($3::uuid[]) RETURNING *)
INSERT INTO organization_tag (tenant_id, organization_id, tag_id, tagged_at)
SELECT $1, $2::uuid, tag_id, min(tagged_at)
FROM moved
GROUP BY tag_id
ON CONFLICT (tenant_id, organization_id, tag_id) DO NOTHING

-- organization_merge.socials
WITH place AS (
  SELECT *
  FROM unnest(array_prepend($2::uuid, $3::uuid[])) WITH ORDINALITY AS given (organization_id, place)
),
ranked AS (
  SELECT l.organization_id,
    l.social_id,
    l.created_at,
    row_number() OVER (PARTITION BY s.url_key ORDER BY place.place, s.created_at, s.id) AS rank
  FROM place
  JOIN organization_social l ON l.tenant_id = $1 AND l.organization_id = place.organization_id
  JOIN social s ON s.tenant_id = $1 AND s.id = l.social_id
),
moved AS (
  INSERT INTO organization_social (tenant_id, organization_id, social_id, created_at)
  SELECT $1, $2::uuid, social_id, created_at
  FROM ranked
  WHERE rank = 1 AND organization_id <> $2::uuid
  ON CONFLICT (tenant_id, organization_id, social_id) DO NOTHING
),
gone AS (DELETE FROM organization_social WHERE tenant_id = $1 AND organization_id = ANY ($3::uuid[]))
DELETE FROM social s
USING ranked r
WHERE s.tenant_id = $1
  AND s.id = r.social_id
  AND NOT EXISTS (SELECT FROM ranked k WHERE k.social_id = s.id AND (k.rank = 1 OR k.organization_id = $2::uuid))
  AND NOT EXISTS (
    SELECT
    FROM organization_social l
    WHERE l.tenant_id = $1
      AND l.social_id = s.id
      AND l.organization_id <> $2::uuid
      AND l.organization_id <> ALL ($3::uuid[])
  )
  AND NOT EXISTS (SELECT FROM contact_social l WHERE l.tenant_id = $1 AND l.social_id = s.id)

-- organization_merge.inner_links
DELETE FROM organization_subsidiary
WHERE tenant_id = $1
  AND parent_id = ANY (array_prepend($2::uuid, $3::uuid[]))
  AND subsidiary_id = ANY (array_prepend($2::uuid, $3::uuid[]))

-- organization_merge.subsidiaries
WITH RECURSIVE place AS (
  SELECT *
  FROM unnest(array_prepend($2::uuid, $3::uuid[])) WITH ORDINALITY AS given (organization_id, place)
),
beyond (id) AS (
  SELECT parent_id
  FROM organization_subsidiary
  WHERE tenant_id = $1 AND subsidiary_id = $2::uuid
  UNION
  SELECT s.parent_id
  FROM beyond
  JOIN organization_subsidiary s ON s.tenant_id = $1 AND s.subsidiary_id = beyond.id
),
moved AS (DELETE FROM organization_subsidiary WHERE tenant_id = $1 AND parent_id = ANY ($3::uuid[]) RETURNING *)
INSERT INTO organization_subsidiary (tenant_id, parent_id, subsidiary_id, type, created_at)
SELECT $1,
  $2::uuid,
  m.subsidiary_id,
  coalesce((array_agg(m.type ORDER BY place.place) FILTER (WHERE m.type <> ''))[1], ''),
  min(m.created_at)
FROM moved m
JOIN place ON place.organization_id = m.parent_id
WHERE m.subsidiary_id NOT IN (SELECT id FROM beyond)
GROUP BY m.subsidiary_id
ON CONFLICT (tenant_id, parent_id, subsidiary_id) DO NOTHING

-- organization_merge.parents
WITH RECURSIVE place AS (
  SELECT *
  FROM unnest(array_prepend($2::uuid, $3::uuid[])) WITH ORDINALITY AS given (organization_id, place)
),
beyond (id) AS (
  SELECT subsidiary_id
  FROM organization_subsidiary
  WHERE tenant_id = $1 AND parent_id = $2::uuid
  UNION
  SELECT s.subsidiary_id
  FROM beyond
  JOIN organization_subsidiary s ON s.tenant_id = $1 AND s.parent_id = beyond.id
),
moved AS (DELETE FROM organization_subsidiary WHERE tenant_id = $1 AND subsidiary_id = ANY ($3::uuid[]) RETURNING *)
INSERT INTO organization_subsidiary (tenant_id, subsidiary_id, parent_id, type, created_at)
SELECT $1,
  $2::uuid,
  m.parent_id,
  coalesce((array_agg(m.type ORDER BY place.place) FILTER (WHERE m.type <> ''))[1], ''),
  min(m.created_at)
FROM moved m
JOIN place ON place.organization_id = m.subsidiary_id
WHERE m.parent_id NOT IN (SELECT id FROM beyond)
GROUP BY m.parent_id
ON CONFLICT (tenant_id, parent_id, subsidiary_id) DO NOTHING

-- organization_merge.suggested_merges
WITH moved AS (
  DELETE FROM organization_suggested_merge
  WHERE tenant_id = $1 AND (organization_id = ANY ($3::uuid[]) OR primary_id = ANY ($3::uuid[]))
  RETURNING *
),
named AS (
  SELECT CASE WHEN organization_id = ANY ($3::uuid[]) THEN $2::uuid ELSE organization_id END AS organization_id,
    CASE WHEN primary_id = ANY ($3::uuid[]) THEN $2::uuid ELSE primary_id END AS primary_id,
    confidence,
    suggested_by,
    suggested_at
  FROM moved
)
INSERT INTO organization_suggested_merge (
  tenant_id,
  organization_id,
  primary_id,
  confidence,
  suggested_by,
  suggested_at
)
SELECT DISTINCT ON (organization_id, primary_id) $1, organization_id, primary_id, confidence, suggested_by, suggested_at
FROM named
WHERE organization_id <> primary_id
ORDER BY organization_id, primary_id, confidence DESC NULLS LAST
ON CONFLICT (tenant_id, organization_id, primary_id) DO NOTHING

-- organization_merge.participants
WITH moved AS (
  DELETE FROM timeline_event_participant
  WHERE tenant_id = $1 AND organization_id = ANY ($3::uuid[])
  RETURNING *
)
INSERT INTO timeline_event_participant (tenant_id, timeline_event_id, role, organization_id, type, position)
SELECT $1, timeline_event_id, role, $2::uuid, min(type), min(position)
FROM moved
GROUP BY timeline_event_id, role
ON CONFLICT (tenant_id, timeline_event_id, role, subject_id) DO NOTHING

-- organization_merge.actions
UPDATE action
SET organization_id = $2::uuid
WHERE tenant_id = $1 AND organization_id = ANY ($3::uuid[]) AND type <> 'CREATED'

-- organization_merge.custom_fields
WITH place AS (
  SELECT *
  FROM unnest(array_prepend($2::uuid, $3::uuid[])) WITH ORDINALITY AS given (organization_id, place)
),
ranked AS (
  SELECT r.id,
    r.organization_id,
    row_number() OVER (PARTITION BY name, data_type ORDER BY place.place, r.created_at, r.id) AS rank
  FROM place
  JOIN custom_field r ON r.tenant_id = $1 AND r.organization_id = place.organization_id
),
gone AS (DELETE FROM custom_field r USING ranked WHERE r.tenant_id = $1 AND r.id = ranked.id AND ranked.rank > 1)
UPDATE custom_field r
SET organization_id = $2::uuid
FROM ranked
WHERE r.tenant_id = $1 AND r.id = ranked.id AND ranked.rank = 1 AND ranked.organization_id <> $2::uuid

-- organization_merge.external_links
WITH place AS (
  SELECT *
  FROM unnest(array_prepend($2::uuid, $3::uuid[])) WITH ORDINALITY AS given (organization_id, place)
),
ranked AS (
  SELECT r.id,
    r.organization_id,
    row_number() OVER (PARTITION BY system, external_id ORDER BY place.place, r.created_at, r.id) AS rank
  FROM place
  JOIN external_link r ON r.tenant_id = $1 AND r.organization_id = place.organization_id
),
gone AS (DELETE FROM external_link r USING ranked WHERE r.tenant_id = $1 AND r.id = ranked.id AND ranked.rank > 1)
UPDATE external_link r
SET organization_id = $2::uuid
FROM ranked
WHERE r.tenant_id = $1 AND r.id = ranked.id AND ranked.rank = 1 AND ranked.organization_id <> $2::uuid

-- organization_merge.contracts
UPDATE contract
SET organization_id = $2::uuid
WHERE tenant_id = $1 AND organization_id = ANY ($3::uuid[])

-- organization_merge.opportunities
UPDATE opportunity
SET organization_id = $2::uuid
WHERE tenant_id = $1 AND organization_id = ANY ($3::uuid[])

-- organization_merge.import_keys
UPDATE import_key
SET organization_id = $2::uuid, is_merged = true
WHERE tenant_id = $1 AND organization_id = ANY ($3::uuid[])

-- organization_merge.billing_profiles
UPDATE billing_profile
SET organization_id = $2::uuid
WHERE tenant_id = $1 AND organization_id = ANY ($3::uuid[])

-- organization_merge.reminders
UPDATE reminder
SET organization_id = $2::uuid
WHERE tenant_id = $1 AND organization_id = ANY ($3::uuid[])

-- organization_merge.log_entries
UPDATE log_entry
SET organization_id = $2::uuid
WHERE tenant_id = $1 AND organization_id = ANY ($3::uuid[])

-- organization_merge.notes
UPDATE note
SET organization_id = $2::uuid
WHERE tenant_id = $1 AND organization_id = ANY ($3::uuid[])

-- organization_merge.markdown_events
UPDATE markdown_event
SET organization_id = $2::uuid
WHERE tenant_id = $1 AND organization_id = ANY ($3::uuid[])

-- organization_merge.mark
UPDATE organization
SET state = 'MERGED', merged_into_id = $2::uuid, state_changed_at = now(), updated_at = now()
WHERE tenant_id = $1 AND id = ANY ($3::uuid[])

-- organization_merge.events_refresh
CALL organization_events_refresh($1::integer, $2::uuid[])

-- organization_merge.renewal_refresh
CALL renewal_refresh($1::integer, ARRAY[$2::uuid])

-- Mutation.organization_Merge
SELECT NULL, t.name
FROM organization t
WHERE t.tenant_id = $1 AND t.id = $2::uuid

-- then

-- organization_subsidiary.lock
SELECT pg_advisory_xact_lock(hashtextextended('organization_subsidiary', $1::integer))

-- organization_merge.lock
SELECT id, relationship, stage
FROM organization
WHERE tenant_id = $1 AND id = ANY ($2::uuid[]) AND state IN ('LIVE', 'HIDDEN')
ORDER BY id
FOR UPDATE

-- then

-- Query.organization
SELECT NULL, t.name
FROM organization t
WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.state IN ('LIVE', 'HIDDEN')
LIMIT 1
