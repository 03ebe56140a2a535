-- tenant_setting.make
INSERT INTO tenant_setting (tenant_id)
VALUES ($1::integer)
ON CONFLICT DO NOTHING

-- tenant_setting.lock
SELECT base_currency
FROM tenant_setting
WHERE tenant_id = $1
FOR NO KEY UPDATE

-- tenant_setting.update
UPDATE tenant_setting
SET updated_at = now(),
  logo_repository_file_id = coalesce($2::text, logo_repository_file_id),
  base_currency = coalesce($3::text, base_currency),
  invoicing_enabled = coalesce($4::boolean, invoicing_enabled),
  workspace_logo = coalesce($5::text, workspace_logo),
  workspace_name = coalesce($6::text, workspace_name)
WHERE tenant_id = $1

-- tenant_setting.currency_changed
CALL base_currency_changed($1::integer)

-- Mutation.tenant_UpdateSettings
SELECT NULL,
  t.base_currency,
  t.invoicing_enabled,
  nullif(t.logo_repository_file_id, ''),
  t.logo_repository_file_id,
  nullif(t.workspace_logo, ''),
  nullif(t.workspace_name, ''),
  t.id
FROM (
  SELECT n.id AS tenant_id,
    '00000000-0000-0000-0000-000000000000'::uuid AS id,
    coalesce(s.base_currency, 'USD') AS base_currency,
    coalesce(s.invoicing_enabled, false) AS invoicing_enabled,
    coalesce(s.logo_repository_file_id, '') AS logo_repository_file_id,
    coalesce(s.workspace_logo, '') AS workspace_logo,
    coalesce(s.workspace_name, '') AS workspace_name
  FROM tenant n
  LEFT JOIN tenant_setting s ON s.tenant_id = n.id
) t
WHERE t.tenant_id = $1 AND t.id = $2::uuid

-- TenantSettings.opportunityStages
SELECT '00000000-0000-0000-0000-000000000000'::uuid, t.value
FROM opportunity_stage t
WHERE t.tenant_id = $1 AND '00000000-0000-0000-0000-000000000000'::uuid = ANY ($2::uuid[])
ORDER BY t.position

-- Mutation.tenant_UpdateSettings
SELECT NULL, t.base_currency
FROM (
  SELECT n.id AS tenant_id,
    '00000000-0000-0000-0000-000000000000'::uuid AS id,
    coalesce(s.base_currency, 'USD') AS base_currency,
    coalesce(s.invoicing_enabled, false) AS invoicing_enabled,
    coalesce(s.logo_repository_file_id, '') AS logo_repository_file_id,
    coalesce(s.workspace_logo, '') AS workspace_logo,
    coalesce(s.workspace_name, '') AS workspace_name
  FROM tenant n
  LEFT JOIN tenant_setting s ON s.tenant_id = n.id
) t
WHERE t.tenant_id = $1 AND t.id = $2::uuid
