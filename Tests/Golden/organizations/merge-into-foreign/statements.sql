-- organization_subsidiary.lock
SELECT pg_advisory_xact_lock(hashtextextended('organization_subsidiary', $1::integer))

-- organization_merge.lock
SELECT id, relationship, stage
FROM organization
WHERE tenant_id = $1 AND id = ANY ($2::uuid[]) AND state IN ('LIVE', 'HIDDEN')
ORDER BY id
FOR UPDATE
