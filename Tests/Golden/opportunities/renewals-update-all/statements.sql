-- renewals.lock_organization
SELECT id
FROM organization
WHERE tenant_id = $1 AND id = $2::uuid AND state IN ('LIVE', 'HIDDEN')
FOR NO KEY UPDATE

-- renewals.lock_contracts
SELECT id
FROM contract
WHERE tenant_id = $1 AND organization_id = $2::uuid AND state = 'LIVE'
ORDER BY id
FOR NO KEY UPDATE

-- Mutation.opportunityRenewal_UpdateAllForOrganization
SELECT NULL, t.id
FROM organization t
WHERE t.tenant_id = $1 AND t.id = $2::uuid

-- renewals.lock_organization
SELECT id
FROM organization
WHERE tenant_id = $1 AND id = $2::uuid AND state IN ('LIVE', 'HIDDEN')
FOR NO KEY UPDATE

-- renewals.lock_contracts
SELECT id
FROM contract
WHERE tenant_id = $1 AND organization_id = $2::uuid AND state = 'LIVE'
ORDER BY id
FOR NO KEY UPDATE

-- renewals.update
WITH stored AS (
  SELECT r.id, r.renewal_likelihood IS DISTINCT FROM $3 AS other
  FROM contract c
  JOIN active_renewal r ON r.tenant_id = c.tenant_id AND r.contract_id = c.id
  WHERE c.tenant_id = $1
    AND c.organization_id = $2::uuid
    AND c.state = 'LIVE'
    AND (
      r.renewal_likelihood IS DISTINCT FROM $3
      OR r.renewal_adjusted_rate <> coalesce($4::integer, r.renewal_adjusted_rate)
    )
)
UPDATE opportunity o
SET updated_at = now(),
  renewal_likelihood = $3,
  renewal_adjusted_rate = coalesce($4::integer, o.renewal_adjusted_rate),
  renewal_updated_by_id = coalesce($5::uuid, o.renewal_updated_by_id),
  renewal_updated_at = CASE WHEN $5::uuid IS NULL THEN o.renewal_updated_at ELSE now() END
FROM stored
WHERE o.tenant_id = $1 AND o.id = stored.id
RETURNING o.contract_id, stored.other

-- contract.tell_likelihood
CALL renewal_likelihood_actions($1::integer, $2::uuid[], $3::uuid)

-- contract.refresh
CALL contract_refresh($1::integer, $2::uuid[], $3::text, $4::uuid)

-- Mutation.opportunityRenewal_UpdateAllForOrganization
SELECT NULL, t.id, coalesce(t.renewal_arr, 0), coalesce(t.renewal_max_arr, 0), t.renewal_likelihood || '_RENEWAL'
FROM organization t
WHERE t.tenant_id = $1 AND t.id = $2::uuid

-- Organization.contracts
SELECT t.organization_id, t.name, t.id
FROM contract t
WHERE t.tenant_id = $1
  AND t.organization_id = ANY ($2::uuid[])
  AND t.state = 'LIVE'
  AND EXISTS (
    SELECT
    FROM organization o
    WHERE o.tenant_id = t.tenant_id AND o.id = t.organization_id AND o.state IN ('LIVE', 'HIDDEN')
  )
ORDER BY t.created_at DESC, t.id DESC

-- Contract.opportunities
SELECT t.contract_id,
  t.id,
  t.amount,
  t.max_amount,
  coalesce(t.renewal_likelihood, 'ZERO') || '_RENEWAL',
  t.renewal_adjusted_rate,
  t.renewal_approved,
  t.comments,
  coalesce(t.renewal_updated_by_id::text, ''),
  t.owner_id,
  t.organization_id
FROM opportunity t
WHERE t.tenant_id = $1
  AND t.contract_id = ANY ($2::uuid[])
  AND t.state = 'LIVE'
  AND t.internal_stage <> 'SUSPENDED'
  AND t.internal_type = 'RENEWAL'
ORDER BY t.created_at DESC, t.id DESC

-- renewals.lock_organization
SELECT id
FROM organization
WHERE tenant_id = $1 AND id = $2::uuid AND state IN ('LIVE', 'HIDDEN')
FOR NO KEY UPDATE

-- renewals.lock_contracts
SELECT id
FROM contract
WHERE tenant_id = $1 AND organization_id = $2::uuid AND state = 'LIVE'
ORDER BY id
FOR NO KEY UPDATE

-- renewals.update
WITH stored AS (
  SELECT r.id, r.renewal_likelihood IS DISTINCT FROM $3 AS other
  FROM contract c
  JOIN active_renewal r ON r.tenant_id = c.tenant_id AND r.contract_id = c.id
  WHERE c.tenant_id = $1
    AND c.organization_id = $2::uuid
    AND c.state = 'LIVE'
    AND (
      r.renewal_likelihood IS DISTINCT FROM $3
      OR r.renewal_adjusted_rate <> coalesce($4::integer, r.renewal_adjusted_rate)
    )
)
UPDATE opportunity o
SET updated_at = now(),
  renewal_likelihood = $3,
  renewal_adjusted_rate = coalesce($4::integer, o.renewal_adjusted_rate),
  renewal_updated_by_id = coalesce($5::uuid, o.renewal_updated_by_id),
  renewal_updated_at = CASE WHEN $5::uuid IS NULL THEN o.renewal_updated_at ELSE now() END
FROM stored
WHERE o.tenant_id = $1 AND o.id = stored.id
RETURNING o.contract_id, stored.other

-- Mutation.opportunityRenewal_UpdateAllForOrganization
SELECT NULL, t.id
FROM organization t
WHERE t.tenant_id = $1 AND t.id = $2::uuid
