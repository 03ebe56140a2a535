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

-- organization.lock
SELECT relationship, stage
FROM organization
WHERE tenant_id = $1 AND id = $2::uuid AND state IN ('LIVE', 'HIDDEN')
FOR NO KEY UPDATE

-- organization.show
UPDATE organization
SET state = 'LIVE', state_changed_at = now(), updated_at = now()
WHERE tenant_id = $1 AND id = $2::uuid AND state = 'HIDDEN'

-- Mutation.organization_Save
SELECT NULL, t.id, t.name, t.state = 'HIDDEN', t.notes
FROM organization t
WHERE t.tenant_id = $1 AND t.id = $2::uuid
