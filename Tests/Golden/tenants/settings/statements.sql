-- Query.tenantSettings
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
WHERE t.tenant_id = $1

-- TenantSettings.opportunityStages
SELECT '00000000-0000-0000-0000-000000000000'::uuid, t.value, t.position, t.label, t.visible, t.likelihood_rate
FROM opportunity_stage t
WHERE t.tenant_id = $1 AND '00000000-0000-0000-0000-000000000000'::uuid = ANY ($2::uuid[])
ORDER BY t.position
