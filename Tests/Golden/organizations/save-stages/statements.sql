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

-- Mutation.organization_Save
SELECT NULL, t.relationship, nullif(t.stage, '')
FROM organization t
WHERE t.tenant_id = $1 AND t.id = $2::uuid

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

-- Mutation.organization_Save
SELECT NULL, t.relationship, nullif(t.stage, '')
FROM organization t
WHERE t.tenant_id = $1 AND t.id = $2::uuid

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

-- Mutation.organization_Save
SELECT NULL, t.relationship, nullif(t.stage, '')
FROM organization t
WHERE t.tenant_id = $1 AND t.id = $2::uuid

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

-- Mutation.organization_Save
SELECT NULL, t.relationship, nullif(t.stage, '')
FROM organization t
WHERE t.tenant_id = $1 AND t.id = $2::uuid

-- organization.lock
SELECT relationship, stage
FROM organization
WHERE tenant_id = $1 AND id = $2::uuid AND state IN ('LIVE', 'HIDDEN')
FOR NO KEY UPDATE

-- organization.update
UPDATE organization o
SET updated_at = now(),
  relationship = $3,
  stage = $4,
  stage_changed_at = CASE WHEN o.stage IS DISTINCT FROM $4 THEN now() ELSE o.stage_changed_at END,
  owner_id = CASE WHEN $5::boolean THEN $6::uuid ELSE o.owner_id END,
  wrong_industry = o.wrong_industry AND o.industry = coalesce($11::text, o.industry),
  name = coalesce($7::text, o.name),
  description = coalesce($8::text, o.description),
  notes = coalesce($9::text, o.notes),
  website = coalesce($10::text, o.website),
  industry = coalesce($11::text, o.industry),
  reference_id = coalesce($12::text, o.reference_id),
  lead_source = coalesce($13::text, o.lead_source),
  sub_industry = coalesce($14::text, o.sub_industry),
  industry_group = coalesce($15::text, o.industry_group),
  target_audience = coalesce($16::text, o.target_audience),
  value_proposition = coalesce($17::text, o.value_proposition),
  last_funding_amount = coalesce($18::text, o.last_funding_amount),
  last_funding_round = coalesce($19::text, o.last_funding_round),
  logo_url = coalesce($20::text, o.logo_url),
  icon_url = coalesce($21::text, o.icon_url),
  employee_growth_rate = coalesce($22::text, o.employee_growth_rate),
  headquarters = coalesce($23::text, o.headquarters),
  slack_channel_id = coalesce($24::text, o.slack_channel_id),
  market = coalesce($25::text, o.market),
  employees = coalesce($26::bigint, o.employees),
  year_founded = coalesce($27::bigint, o.year_founded),
  is_public = coalesce($28::boolean, o.is_public),
  icp_fit = coalesce($29::boolean, o.icp_fit)
WHERE o.tenant_id = $1 AND o.id = $2::uuid

-- Mutation.organization_Save
SELECT NULL, t.relationship, nullif(t.stage, ''), t.stage_changed_at
FROM organization t
WHERE t.tenant_id = $1 AND t.id = $2::uuid

-- organization.lock
SELECT relationship, stage
FROM organization
WHERE tenant_id = $1 AND id = $2::uuid AND state IN ('LIVE', 'HIDDEN')
FOR NO KEY UPDATE

-- organization.update
UPDATE organization o
SET updated_at = now(),
  relationship = $3,
  stage = $4,
  stage_changed_at = CASE WHEN o.stage IS DISTINCT FROM $4 THEN now() ELSE o.stage_changed_at END,
  owner_id = CASE WHEN $5::boolean THEN $6::uuid ELSE o.owner_id END,
  wrong_industry = o.wrong_industry AND o.industry = coalesce($11::text, o.industry),
  name = coalesce($7::text, o.name),
  description = coalesce($8::text, o.description),
  notes = coalesce($9::text, o.notes),
  website = coalesce($10::text, o.website),
  industry = coalesce($11::text, o.industry),
  reference_id = coalesce($12::text, o.reference_id),
  lead_source = coalesce($13::text, o.lead_source),
  sub_industry = coalesce($14::text, o.sub_industry),
  industry_group = coalesce($15::text, o.industry_group),
  target_audience = coalesce($16::text, o.target_audience),
  value_proposition = coalesce($17::text, o.value_proposition),
  last_funding_amount = coalesce($18::text, o.last_funding_amount),
  last_funding_round = coalesce($19::text, o.last_funding_round),
  logo_url = coalesce($20::text, o.logo_url),
  icon_url = coalesce($21::text, o.icon_url),
  employee_growth_rate = coalesce($22::text, o.employee_growth_rate),
  headquarters = coalesce($23::text, o.headquarters),
  slack_channel_id = coalesce($24::text, o.slack_channel_id),
  market = coalesce($25::text, o.market),
  employees = coalesce($26::bigint, o.employees),
  year_founded = coalesce($27::bigint, o.year_founded),
  is_public = coalesce($28::boolean, o.is_public),
  icp_fit = coalesce($29::boolean, o.icp_fit)
WHERE o.tenant_id = $1 AND o.id = $2::uuid

-- Mutation.organization_Save
SELECT NULL, t.relationship, nullif(t.stage, ''), t.stage_changed_at
FROM organization t
WHERE t.tenant_id = $1 AND t.id = $2::uuid
