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

-- Mutation.organization_Update
SELECT NULL, nullif(t.stage, ''), t.relationship, t.id
FROM organization t
WHERE t.tenant_id = $1 AND t.id = $2::uuid

-- Organization.opportunities
SELECT t.organization_id, t.name, t.owner_id, t.external_stage, t.internal_stage
FROM opportunity t
WHERE t.tenant_id = $1 AND t.organization_id = ANY ($2::uuid[]) AND t.state = 'LIVE' AND t.internal_stage <> 'SUSPENDED'
ORDER BY t.created_at DESC, t.id DESC

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

-- Mutation.organization_Update
SELECT NULL, nullif(t.stage, ''), t.id
FROM organization t
WHERE t.tenant_id = $1 AND t.id = $2::uuid

-- Organization.opportunities
SELECT t.organization_id, t.name, t.internal_type, t.internal_stage, t.external_stage
FROM opportunity t
WHERE t.tenant_id = $1 AND t.organization_id = ANY ($2::uuid[]) AND t.state = 'LIVE' AND t.internal_stage <> 'SUSPENDED'
ORDER BY t.created_at DESC, t.id DESC

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

-- Mutation.organization_Update
SELECT NULL, nullif(t.stage, ''), t.relationship, coalesce(t.relationship = 'CUSTOMER', false)
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

-- Mutation.organization_Update
SELECT NULL, nullif(t.stage, ''), t.relationship
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

-- Mutation.organization_Update
SELECT NULL, nullif(t.stage, ''), t.relationship
FROM organization t
WHERE t.tenant_id = $1 AND t.id = $2::uuid
