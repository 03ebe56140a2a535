-- organization.flag_industry
UPDATE organization
SET wrong_industry = true, updated_at = CASE WHEN wrong_industry THEN updated_at ELSE now() END
WHERE tenant_id = $1 AND id = $2::uuid AND state IN ('LIVE', 'HIDDEN')
RETURNING id

-- then

-- Query.organization
SELECT NULL, t.industry, t.wrong_industry
FROM organization t
WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.state IN ('LIVE', 'HIDDEN')
LIMIT 1

-- then

-- organization.lock
SELECT relationship, stage
FROM organization
WHERE tenant_id = $1 AND id = $2::uuid AND state IN ('LIVE', 'HIDDEN')
FOR NO KEY UPDATE

-- organization.update
UPDATE organization
SET updated_at = now(),
  relationship = $3,
  stage = $4,
  stage_changed_at = CASE WHEN stage IS DISTINCT FROM $4 THEN now() ELSE stage_changed_at END,
  owner_id = CASE WHEN $5::boolean THEN $6::uuid ELSE owner_id END,
  wrong_industry = wrong_industry AND industry = coalesce($12::text, industry),
  name = coalesce($7::text, name),
  description = coalesce($8::text, description),
  website = coalesce($9::text, website),
  reference_id = coalesce($10::text, reference_id),
  notes = coalesce($11::text, notes),
  industry = coalesce($12::text, industry),
  sub_industry = coalesce($13::text, sub_industry),
  industry_group = coalesce($14::text, industry_group),
  target_audience = coalesce($15::text, target_audience),
  value_proposition = coalesce($16::text, value_proposition),
  last_funding_amount = coalesce($17::text, last_funding_amount),
  last_funding_round = coalesce($18::text, last_funding_round),
  logo_url = coalesce($19::text, logo_url),
  icon_url = coalesce($20::text, icon_url),
  employee_growth_rate = coalesce($21::text, employee_growth_rate),
  headquarters = coalesce($22::text, headquarters),
  slack_channel_id = coalesce($23::text, slack_channel_id),
  lead_source = coalesce($24::text, lead_source),
  market = coalesce($25::text, market),
  employees = coalesce($26::bigint, employees),
  year_founded = coalesce($27::bigint, year_founded),
  is_public = coalesce($28::boolean, is_public),
  icp_fit = coalesce($29::boolean, icp_fit)
WHERE tenant_id = $1 AND id = $2::uuid

-- Mutation.organization_Save
SELECT NULL, t.wrong_industry
FROM organization t
WHERE t.tenant_id = $1 AND t.id = $2::uuid

-- organization.lock
SELECT relationship, stage
FROM organization
WHERE tenant_id = $1 AND id = $2::uuid AND state IN ('LIVE', 'HIDDEN')
FOR NO KEY UPDATE

-- organization.update
UPDATE organization
SET updated_at = now(),
  relationship = $3,
  stage = $4,
  stage_changed_at = CASE WHEN stage IS DISTINCT FROM $4 THEN now() ELSE stage_changed_at END,
  owner_id = CASE WHEN $5::boolean THEN $6::uuid ELSE owner_id END,
  wrong_industry = wrong_industry AND industry = coalesce($12::text, industry),
  name = coalesce($7::text, name),
  description = coalesce($8::text, description),
  website = coalesce($9::text, website),
  reference_id = coalesce($10::text, reference_id),
  notes = coalesce($11::text, notes),
  industry = coalesce($12::text, industry),
  sub_industry = coalesce($13::text, sub_industry),
  industry_group = coalesce($14::text, industry_group),
  target_audience = coalesce($15::text, target_audience),
  value_proposition = coalesce($16::text, value_proposition),
  last_funding_amount = coalesce($17::text, last_funding_amount),
  last_funding_round = coalesce($18::text, last_funding_round),
  logo_url = coalesce($19::text, logo_url),
  icon_url = coalesce($20::text, icon_url),
  employee_growth_rate = coalesce($21::text, employee_growth_rate),
  headquarters = coalesce($22::text, headquarters),
  slack_channel_id = coalesce($23::text, slack_channel_id),
  lead_source = coalesce($24::text, lead_source),
  market = coalesce($25::text, market),
  employees = coalesce($26::bigint, employees),
  year_founded = coalesce($27::bigint, year_founded),
  is_public = coalesce($28::boolean, is_public),
  icp_fit = coalesce($29::boolean, icp_fit)
WHERE tenant_id = $1 AND id = $2::uuid

-- Mutation.organization_Save
SELECT NULL, t.wrong_industry
FROM organization t
WHERE t.tenant_id = $1 AND t.id = $2::uuid
