-- organization.unset_owner
UPDATE organization
SET owner_id = NULL, updated_at = CASE WHEN owner_id IS NULL THEN updated_at ELSE now() END
WHERE tenant_id = $1 AND id = $2::uuid AND state IN ('LIVE', 'HIDDEN')
RETURNING id
