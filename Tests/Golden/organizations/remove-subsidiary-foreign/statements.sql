-- organization_subsidiary.lock
SELECT pg_advisory_xact_lock(hashtextextended('organization_subsidiary', $1::integer))

-- organization.lock_all
SELECT id
FROM organization
WHERE tenant_id = $1 AND id = ANY ($2::uuid[]) AND state IN ('LIVE', 'HIDDEN')
ORDER BY id
FOR NO KEY UPDATE
