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
SELECT NULL, t.description, t.website, t.owner_id, coalesce(t.employees, 0), t.id
FROM organization t
WHERE t.tenant_id = $1 AND t.id = $2::uuid

-- Organization.domains
SELECT organization_id, domain
FROM organization_domain
WHERE tenant_id = $1 AND organization_id = ANY ($2::uuid[])
ORDER BY domain

-- organization.lock
SELECT relationship, stage
FROM organization
WHERE tenant_id = $1 AND id = $2::uuid AND state IN ('LIVE', 'HIDDEN')
FOR NO KEY UPDATE

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

-- organization_domain.free
DELETE FROM organization_domain d
USING organization o
WHERE d.tenant_id = $1
  AND d.domain = ANY ($2::text[])
  AND o.tenant_id = $1
  AND o.id = d.organization_id
  AND o.state NOT IN ('LIVE', 'HIDDEN')

-- organization_domain.insert
INSERT INTO organization_domain (tenant_id, domain, organization_id)
SELECT $1, domain, $2::uuid
FROM unnest($3::text[]) domain
ORDER BY domain
ON CONFLICT (tenant_id, domain) DO NOTHING
RETURNING domain

-- organization.fill_website
UPDATE organization
SET website = $3
WHERE tenant_id = $1 AND id = $2::uuid AND website = ''

-- Mutation.organization_Save
SELECT NULL, t.website, t.id
FROM organization t
WHERE t.tenant_id = $1 AND t.id = $2::uuid

-- Organization.domains
SELECT organization_id, domain
FROM organization_domain
WHERE tenant_id = $1 AND organization_id = ANY ($2::uuid[])
ORDER BY domain
