-- organization.flag_industry
UPDATE organization
SET wrong_industry = true, updated_at = CASE WHEN wrong_industry THEN updated_at ELSE now() END
WHERE tenant_id = $1 AND id = $2::uuid AND state IN ('LIVE', 'HIDDEN')
RETURNING id

-- organization.flag_industry
UPDATE organization
SET wrong_industry = true, updated_at = CASE WHEN wrong_industry THEN updated_at ELSE now() END
WHERE tenant_id = $1 AND id = $2::uuid AND state IN ('LIVE', 'HIDDEN')
RETURNING id
