-- opportunity.lock_organizations
SELECT id, state, relationship, stage
FROM organization
WHERE tenant_id = $1
  AND (
    id = $3::uuid
    OR id = (
      SELECT coalesce(o.organization_id, c.organization_id)
      FROM opportunity o
      LEFT JOIN contract c ON c.tenant_id = o.tenant_id AND c.id = o.contract_id
      WHERE o.tenant_id = $1 AND o.id = $2::uuid
    )
  )
ORDER BY id
FOR NO KEY UPDATE

-- opportunity.lock_contract
SELECT id, organization_id
FROM contract
WHERE tenant_id = $1 AND id = (SELECT contract_id FROM opportunity WHERE tenant_id = $1 AND id = $2::uuid)
FOR NO KEY UPDATE

-- opportunity.lock
SELECT internal_stage, external_stage, internal_type, contract_id, organization_id
FROM opportunity
WHERE tenant_id = $1 AND id = $2::uuid AND state = 'LIVE' AND internal_stage <> 'SUSPENDED'
FOR NO KEY UPDATE

-- app_user.owner
SELECT id
FROM app_user
WHERE tenant_id = $1 AND id = $2::uuid AND state = 'LIVE' AND NOT internal AND NOT bot
FOR KEY SHARE

-- renewal.update
UPDATE opportunity o
SET updated_at = now(),
  amount = given.amount,
  comments = coalesce($4::text, o.comments),
  owner_id = CASE WHEN $5::boolean THEN $6::uuid ELSE o.owner_id END,
  renewal_likelihood = given.likelihood,
  renewal_adjusted_rate = given.rate,
  renewal_updated_by_id = CASE WHEN given.judged THEN $9::uuid ELSE o.renewal_updated_by_id END,
  renewal_updated_at = CASE WHEN given.judged THEN now() ELSE o.renewal_updated_at END
FROM (
  SELECT id,
    likelihood,
    rate,
    amount,
    amount <> old_amount AS other_amount,
    likelihood IS DISTINCT FROM old_likelihood AS other_likelihood,
    rate <> old_rate AS other_rate,
    $9::uuid IS NOT NULL AND (amount <> old_amount OR rate <> old_rate OR likelihood IS DISTINCT FROM old_likelihood) AS judged
  FROM (
    SELECT id,
      amount AS old_amount,
      renewal_likelihood AS old_likelihood,
      renewal_adjusted_rate AS old_rate,
      coalesce($3::numeric, amount) AS amount,
      coalesce($7::text, renewal_likelihood) AS likelihood,
      coalesce($8::integer, renewal_adjusted_rate) AS rate
    FROM opportunity
    WHERE tenant_id = $1 AND id = $2::uuid
  ) stored
) given
WHERE o.tenant_id = $1 AND o.id = given.id
RETURNING given.other_amount, given.other_likelihood, given.other_rate, o.currency

-- contract.refresh
CALL contract_refresh($1::integer, $2::uuid[], $3::text, $4::uuid)

-- Mutation.opportunityRenewalUpdate
SELECT NULL,
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
WHERE t.tenant_id = $1 AND t.id = $2::uuid

-- Opportunity.owner
SELECT t.id, t.first_name
FROM app_user t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state = 'LIVE'

-- opportunity.lock_organizations
SELECT id, state, relationship, stage
FROM organization
WHERE tenant_id = $1
  AND (
    id = $3::uuid
    OR id = (
      SELECT coalesce(o.organization_id, c.organization_id)
      FROM opportunity o
      LEFT JOIN contract c ON c.tenant_id = o.tenant_id AND c.id = o.contract_id
      WHERE o.tenant_id = $1 AND o.id = $2::uuid
    )
  )
ORDER BY id
FOR NO KEY UPDATE

-- opportunity.lock_contract
SELECT id, organization_id
FROM contract
WHERE tenant_id = $1 AND id = (SELECT contract_id FROM opportunity WHERE tenant_id = $1 AND id = $2::uuid)
FOR NO KEY UPDATE

-- opportunity.lock
SELECT internal_stage, external_stage, internal_type, contract_id, organization_id
FROM opportunity
WHERE tenant_id = $1 AND id = $2::uuid AND state = 'LIVE' AND internal_stage <> 'SUSPENDED'
FOR NO KEY UPDATE

-- renewal.update
UPDATE opportunity o
SET updated_at = now(),
  amount = given.amount,
  comments = coalesce($4::text, o.comments),
  owner_id = CASE WHEN $5::boolean THEN $6::uuid ELSE o.owner_id END,
  renewal_likelihood = given.likelihood,
  renewal_adjusted_rate = given.rate,
  renewal_updated_by_id = CASE WHEN given.judged THEN $9::uuid ELSE o.renewal_updated_by_id END,
  renewal_updated_at = CASE WHEN given.judged THEN now() ELSE o.renewal_updated_at END
FROM (
  SELECT id,
    likelihood,
    rate,
    amount,
    amount <> old_amount AS other_amount,
    likelihood IS DISTINCT FROM old_likelihood AS other_likelihood,
    rate <> old_rate AS other_rate,
    $9::uuid IS NOT NULL AND (amount <> old_amount OR rate <> old_rate OR likelihood IS DISTINCT FROM old_likelihood) AS judged
  FROM (
    SELECT id,
      amount AS old_amount,
      renewal_likelihood AS old_likelihood,
      renewal_adjusted_rate AS old_rate,
      coalesce($3::numeric, amount) AS amount,
      coalesce($7::text, renewal_likelihood) AS likelihood,
      coalesce($8::integer, renewal_adjusted_rate) AS rate
    FROM opportunity
    WHERE tenant_id = $1 AND id = $2::uuid
  ) stored
) given
WHERE o.tenant_id = $1 AND o.id = given.id
RETURNING given.other_amount, given.other_likelihood, given.other_rate, o.currency

-- contract.refresh
CALL contract_refresh($1::integer, $2::uuid[], $3::text, $4::uuid)

-- Mutation.opportunityRenewalUpdate
SELECT NULL,
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
WHERE t.tenant_id = $1 AND t.id = $2::uuid

-- Opportunity.owner
SELECT t.id, t.first_name
FROM app_user t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state = 'LIVE'

-- opportunity.lock_organizations
SELECT id, state, relationship, stage
FROM organization
WHERE tenant_id = $1
  AND (
    id = $3::uuid
    OR id = (
      SELECT coalesce(o.organization_id, c.organization_id)
      FROM opportunity o
      LEFT JOIN contract c ON c.tenant_id = o.tenant_id AND c.id = o.contract_id
      WHERE o.tenant_id = $1 AND o.id = $2::uuid
    )
  )
ORDER BY id
FOR NO KEY UPDATE

-- opportunity.lock_contract
SELECT id, organization_id
FROM contract
WHERE tenant_id = $1 AND id = (SELECT contract_id FROM opportunity WHERE tenant_id = $1 AND id = $2::uuid)
FOR NO KEY UPDATE

-- opportunity.lock
SELECT internal_stage, external_stage, internal_type, contract_id, organization_id
FROM opportunity
WHERE tenant_id = $1 AND id = $2::uuid AND state = 'LIVE' AND internal_stage <> 'SUSPENDED'
FOR NO KEY UPDATE

-- renewal.update
UPDATE opportunity o
SET updated_at = now(),
  amount = given.amount,
  comments = coalesce($4::text, o.comments),
  owner_id = CASE WHEN $5::boolean THEN $6::uuid ELSE o.owner_id END,
  renewal_likelihood = given.likelihood,
  renewal_adjusted_rate = given.rate,
  renewal_updated_by_id = CASE WHEN given.judged THEN $9::uuid ELSE o.renewal_updated_by_id END,
  renewal_updated_at = CASE WHEN given.judged THEN now() ELSE o.renewal_updated_at END
FROM (
  SELECT id,
    likelihood,
    rate,
    amount,
    amount <> old_amount AS other_amount,
    likelihood IS DISTINCT FROM old_likelihood AS other_likelihood,
    rate <> old_rate AS other_rate,
    $9::uuid IS NOT NULL AND (amount <> old_amount OR rate <> old_rate OR likelihood IS DISTINCT FROM old_likelihood) AS judged
  FROM (
    SELECT id,
      amount AS old_amount,
      renewal_likelihood AS old_likelihood,
      renewal_adjusted_rate AS old_rate,
      coalesce($3::numeric, amount) AS amount,
      coalesce($7::text, renewal_likelihood) AS likelihood,
      coalesce($8::integer, renewal_adjusted_rate) AS rate
    FROM opportunity
    WHERE tenant_id = $1 AND id = $2::uuid
  ) stored
) given
WHERE o.tenant_id = $1 AND o.id = given.id
RETURNING given.other_amount, given.other_likelihood, given.other_rate, o.currency

-- contract.tell_likelihood
CALL renewal_likelihood_actions($1::integer, $2::uuid[], $3::uuid)

-- contract.refresh
CALL contract_refresh($1::integer, $2::uuid[], $3::text, $4::uuid)

-- Mutation.opportunityRenewalUpdate
SELECT NULL,
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
WHERE t.tenant_id = $1 AND t.id = $2::uuid

-- opportunity.lock_organizations
SELECT id, state, relationship, stage
FROM organization
WHERE tenant_id = $1
  AND (
    id = $3::uuid
    OR id = (
      SELECT coalesce(o.organization_id, c.organization_id)
      FROM opportunity o
      LEFT JOIN contract c ON c.tenant_id = o.tenant_id AND c.id = o.contract_id
      WHERE o.tenant_id = $1 AND o.id = $2::uuid
    )
  )
ORDER BY id
FOR NO KEY UPDATE

-- opportunity.lock_contract
SELECT id, organization_id
FROM contract
WHERE tenant_id = $1 AND id = (SELECT contract_id FROM opportunity WHERE tenant_id = $1 AND id = $2::uuid)
FOR NO KEY UPDATE

-- opportunity.lock
SELECT internal_stage, external_stage, internal_type, contract_id, organization_id
FROM opportunity
WHERE tenant_id = $1 AND id = $2::uuid AND state = 'LIVE' AND internal_stage <> 'SUSPENDED'
FOR NO KEY UPDATE

-- renewal.update
UPDATE opportunity o
SET updated_at = now(),
  amount = given.amount,
  comments = coalesce($4::text, o.comments),
  owner_id = CASE WHEN $5::boolean THEN $6::uuid ELSE o.owner_id END,
  renewal_likelihood = given.likelihood,
  renewal_adjusted_rate = given.rate,
  renewal_updated_by_id = CASE WHEN given.judged THEN $9::uuid ELSE o.renewal_updated_by_id END,
  renewal_updated_at = CASE WHEN given.judged THEN now() ELSE o.renewal_updated_at END
FROM (
  SELECT id,
    likelihood,
    rate,
    amount,
    amount <> old_amount AS other_amount,
    likelihood IS DISTINCT FROM old_likelihood AS other_likelihood,
    rate <> old_rate AS other_rate,
    $9::uuid IS NOT NULL AND (amount <> old_amount OR rate <> old_rate OR likelihood IS DISTINCT FROM old_likelihood) AS judged
  FROM (
    SELECT id,
      amount AS old_amount,
      renewal_likelihood AS old_likelihood,
      renewal_adjusted_rate AS old_rate,
      coalesce($3::numeric, amount) AS amount,
      coalesce($7::text, renewal_likelihood) AS likelihood,
      coalesce($8::integer, renewal_adjusted_rate) AS rate
    FROM opportunity
    WHERE tenant_id = $1 AND id = $2::uuid
  ) stored
) given
WHERE o.tenant_id = $1 AND o.id = given.id
RETURNING given.other_amount, given.other_likelihood, given.other_rate, o.currency

-- Mutation.opportunityRenewalUpdate
SELECT NULL,
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
WHERE t.tenant_id = $1 AND t.id = $2::uuid

-- opportunity.lock_organizations
SELECT id, state, relationship, stage
FROM organization
WHERE tenant_id = $1
  AND (
    id = $3::uuid
    OR id = (
      SELECT coalesce(o.organization_id, c.organization_id)
      FROM opportunity o
      LEFT JOIN contract c ON c.tenant_id = o.tenant_id AND c.id = o.contract_id
      WHERE o.tenant_id = $1 AND o.id = $2::uuid
    )
  )
ORDER BY id
FOR NO KEY UPDATE

-- opportunity.lock_contract
SELECT id, organization_id
FROM contract
WHERE tenant_id = $1 AND id = (SELECT contract_id FROM opportunity WHERE tenant_id = $1 AND id = $2::uuid)
FOR NO KEY UPDATE

-- opportunity.lock
SELECT internal_stage, external_stage, internal_type, contract_id, organization_id
FROM opportunity
WHERE tenant_id = $1 AND id = $2::uuid AND state = 'LIVE' AND internal_stage <> 'SUSPENDED'
FOR NO KEY UPDATE

-- renewal.update
UPDATE opportunity o
SET updated_at = now(),
  amount = given.amount,
  comments = coalesce($4::text, o.comments),
  owner_id = CASE WHEN $5::boolean THEN $6::uuid ELSE o.owner_id END,
  renewal_likelihood = given.likelihood,
  renewal_adjusted_rate = given.rate,
  renewal_updated_by_id = CASE WHEN given.judged THEN $9::uuid ELSE o.renewal_updated_by_id END,
  renewal_updated_at = CASE WHEN given.judged THEN now() ELSE o.renewal_updated_at END
FROM (
  SELECT id,
    likelihood,
    rate,
    amount,
    amount <> old_amount AS other_amount,
    likelihood IS DISTINCT FROM old_likelihood AS other_likelihood,
    rate <> old_rate AS other_rate,
    $9::uuid IS NOT NULL AND (amount <> old_amount OR rate <> old_rate OR likelihood IS DISTINCT FROM old_likelihood) AS judged
  FROM (
    SELECT id,
      amount AS old_amount,
      renewal_likelihood AS old_likelihood,
      renewal_adjusted_rate AS old_rate,
      coalesce($3::numeric, amount) AS amount,
      coalesce($7::text, renewal_likelihood) AS likelihood,
      coalesce($8::integer, renewal_adjusted_rate) AS rate
    FROM opportunity
    WHERE tenant_id = $1 AND id = $2::uuid
  ) stored
) given
WHERE o.tenant_id = $1 AND o.id = given.id
RETURNING given.other_amount, given.other_likelihood, given.other_rate, o.currency

-- contract.refresh
CALL contract_refresh($1::integer, $2::uuid[], $3::text, $4::uuid)

-- Mutation.opportunityRenewalUpdate
SELECT NULL,
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
WHERE t.tenant_id = $1 AND t.id = $2::uuid

-- then

-- Query.organization
SELECT NULL, coalesce(t.renewal_arr, 0), coalesce(t.renewal_max_arr, 0), t.renewal_likelihood || '_RENEWAL'
FROM organization t
WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.state IN ('LIVE', 'HIDDEN')
LIMIT 1
