-- organization_domain.judge
SELECT candidate.domain,
  EXISTS (
    SELECT
    FROM unnest($3::bigint[], $4::text[]) over (place, pattern)
    WHERE over.place = candidate.place
      AND (SELECT s.pattern FROM shared_host s WHERE s.pattern = over.pattern) IS NOT NULL
  ),
  o.id,
  o.name,
  o.state
FROM unnest($2::text[]) WITH ORDINALITY candidate (domain, place)
LEFT JOIN organization_domain d ON d.tenant_id = $1 AND d.domain = candidate.domain
LEFT JOIN organization o ON o.tenant_id = $1 AND o.id = d.organization_id
ORDER BY candidate.place

-- app_user.owner
SELECT id
FROM app_user
WHERE tenant_id = $1 AND id = $2::uuid AND state = 'LIVE' AND NOT internal AND NOT bot
FOR KEY SHARE

-- organization.insert
WITH made AS (
  INSERT INTO organization (
    tenant_id,
    id,
    customer_os_id,
    relationship,
    stage,
    stage_changed_at,
    owner_id,
    last_touchpoint_at,
    last_touchpoint_type,
    last_touchpoint_id,
    name,
    description,
    notes,
    website,
    industry,
    reference_id,
    lead_source,
    sub_industry,
    industry_group,
    target_audience,
    value_proposition,
    last_funding_amount,
    last_funding_round,
    logo_url,
    icon_url,
    employee_growth_rate,
    headquarters,
    slack_channel_id,
    market,
    employees,
    year_founded,
    is_public,
    icp_fit
  )
  VALUES (
    $1,
    $2::uuid,
    $3,
    $4,
    $5,
    CASE WHEN $5::text IS NOT NULL THEN now() END,
    $6::uuid,
    now(),
    'ACTION_CREATED',
    $7::uuid,
    coalesce($9::text, ''),
    coalesce($10::text, ''),
    coalesce($11::text, ''),
    coalesce($12::text, ''),
    coalesce($13::text, ''),
    coalesce($14::text, ''),
    coalesce($15::text, ''),
    coalesce($16::text, ''),
    coalesce($17::text, ''),
    coalesce($18::text, ''),
    coalesce($19::text, ''),
    coalesce($20::text, ''),
    coalesce($21::text, NULL),
    coalesce($22::text, ''),
    coalesce($23::text, ''),
    coalesce($24::text, ''),
    coalesce($25::text, ''),
    coalesce($26::text, ''),
    coalesce($27::text, NULL),
    coalesce($28::bigint, NULL),
    coalesce($29::bigint, NULL),
    coalesce($30::boolean, NULL),
    coalesce($31::boolean, false)
  )
  ON CONFLICT (tenant_id, customer_os_id) DO NOTHING
  RETURNING tenant_id, id
),
event AS (INSERT INTO timeline_event (tenant_id, id, kind) SELECT tenant_id, $7::uuid, 'ACTION' FROM made RETURNING *),
creation AS (
  INSERT INTO action (tenant_id, id, organization_id, created_by_id, type)
  SELECT tenant_id, id, $2::uuid, $8::uuid, 'CREATED'
  FROM event
)
INSERT INTO organization_timeline (tenant_id, timeline_event_id, organization_id, kind, occurred_at)
SELECT tenant_id, id, $2::uuid, kind, occurred_at
FROM event
RETURNING organization_id

-- organization_domain.insert
INSERT INTO organization_domain (tenant_id, domain, organization_id)
SELECT $1, domain, $2::uuid
FROM unnest($3::text[]) domain
ORDER BY domain
ON CONFLICT (tenant_id, domain) DO NOTHING
RETURNING domain

-- organization.engage
INSERT INTO opportunity (
  tenant_id,
  id,
  organization_id,
  owner_id,
  created_by_id,
  name,
  currency,
  external_stage,
  stage_changed_at
)
SELECT o.tenant_id,
  $3::uuid,
  o.id,
  o.owner_id,
  $4::uuid,
  o.name,
  base_currency($1),
  coalesce(
    (SELECT s.value FROM opportunity_stage s WHERE s.tenant_id = $1 ORDER BY s.visible DESC, s.position LIMIT 1),
    ''
  ),
  now()
FROM organization o
WHERE o.tenant_id = $1
  AND o.id = $2::uuid
  AND NOT EXISTS (SELECT FROM opportunity p WHERE p.tenant_id = $1 AND p.organization_id = o.id AND p.state = 'LIVE')
  AND NOT EXISTS (SELECT FROM contract c WHERE c.tenant_id = $1 AND c.organization_id = o.id AND c.state = 'LIVE')

-- Mutation.organization_Save
SELECT NULL,
  t.name,
  t.description,
  t.website,
  coalesce(t.employees, 0),
  t.market,
  nullif(t.stage, ''),
  nullif(t.reference_id, ''),
  t.notes,
  t.id,
  t.industry,
  t.sub_industry,
  t.industry_group,
  coalesce(t.is_public, false),
  t.target_audience,
  t.value_proposition,
  nullif(t.last_funding_round, ''),
  t.last_funding_amount,
  t.logo_url,
  t.icon_url,
  t.employee_growth_rate,
  t.headquarters,
  t.year_founded,
  t.slack_channel_id,
  t.relationship,
  t.lead_source,
  t.icp_fit,
  t.owner_id,
  coalesce(nullif(t.source, ''), 'NA'),
  t.app_source,
  t.state = 'HIDDEN',
  t.stage_changed_at,
  t.last_touchpoint_type,
  t.lifetime_value,
  t.onboarding_status
FROM organization t
WHERE t.tenant_id = $1 AND t.id = $2::uuid

-- Organization.domains
SELECT organization_id, domain
FROM organization_domain
WHERE tenant_id = $1 AND organization_id = ANY ($2::uuid[])
ORDER BY domain

-- Organization.owner
SELECT t.id, t.first_name
FROM app_user t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state = 'LIVE'

-- Organization.opportunities
SELECT t.organization_id, t.name, t.owner_id, t.internal_stage
FROM opportunity t
WHERE t.tenant_id = $1 AND t.organization_id = ANY ($2::uuid[]) AND t.state = 'LIVE' AND t.internal_stage <> 'SUSPENDED'
ORDER BY t.created_at DESC, t.id DESC

-- Opportunity.owner
SELECT t.id, t.first_name
FROM app_user t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state = 'LIVE'
