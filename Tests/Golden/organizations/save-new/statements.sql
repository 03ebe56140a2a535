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

-- Mutation.organization_Save
SELECT NULL, t.id, t.name, t.website
FROM organization t
WHERE t.tenant_id = $1 AND t.id = $2::uuid
