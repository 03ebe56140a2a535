-- Query.organization
SELECT NULL, t.id
FROM organization t
WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.state IN ('LIVE', 'HIDDEN')
LIMIT 1

-- Organization.timelineEvents of kinds
SELECT owner.id, e.timeline_event_id, e.kind
FROM unnest($2::uuid[]) owner (id)
CROSS JOIN LATERAL (
  SELECT k.*
  FROM unnest($5::text[]) asked (kind)
  CROSS JOIN LATERAL (
    SELECT timeline_event_id, kind, occurred_at
    FROM organization_timeline
    WHERE tenant_id = $1
      AND organization_id = owner.id
      AND kind = asked.kind
      AND occurred_at < coalesce($3::timestamptz, now() + interval '5 seconds')
    ORDER BY occurred_at DESC, timeline_event_id DESC
    LIMIT $4::bigint
  ) k
  ORDER BY occurred_at DESC, timeline_event_id DESC
  LIMIT $4::bigint
) e
ORDER BY e.occurred_at DESC, e.timeline_event_id DESC

-- Organization.timelineEvents.Action
SELECT t.id, t.type, nullif(t.content, ''), t.metadata::text, t.created_by_id
FROM action_record t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state <> 'ARCHIVED'

-- then

-- line_item.lock_organization
SELECT id
FROM organization
WHERE tenant_id = $1
  AND id = (
    SELECT organization_id
    FROM contract
    WHERE tenant_id = $1
      AND id = coalesce(
        $3::uuid,
        (
          SELECT contract_id
          FROM service_line_item
          WHERE tenant_id = $1
            AND service_id = coalesce(
              (SELECT service_id FROM service_line_item WHERE tenant_id = $1 AND id = $2::uuid),
              $2::uuid
            )
          LIMIT 1
        )
      )
  )
FOR NO KEY UPDATE

-- line_item.lock_contract
SELECT c.id,
  c.status,
  to_char(now(), 'YYYY-MM-DD'),
  to_char(date_trunc('day', $4::timestamptz), 'YYYY-MM-DD'),
  (
    SELECT max(v.period_end)::text
    FROM invoice v
    WHERE v.tenant_id = c.tenant_id
      AND v.contract_id = c.id
      AND NOT v.dry_run
      AND v.status NOT IN ('INITIALIZED', 'VOID')
  ),
  coalesce((SELECT invoicing_postpaid FROM tenant_setting WHERE tenant_id = $1), false),
  c.next_invoice_date::text,
  coalesce(c.currency, base_currency(c.tenant_id))
FROM contract c
WHERE c.tenant_id = $1
  AND c.id = coalesce(
    $3::uuid,
    (
      SELECT contract_id
      FROM service_line_item
      WHERE tenant_id = $1
        AND service_id = coalesce(
          (SELECT service_id FROM service_line_item WHERE tenant_id = $1 AND id = $2::uuid),
          $2::uuid
        )
      LIMIT 1
    )
  )
  AND c.state = 'LIVE'
  AND EXISTS (
    SELECT
    FROM organization o
    WHERE o.tenant_id = c.tenant_id AND o.id = c.organization_id AND o.state IN ('LIVE', 'HIDDEN')
  )
FOR NO KEY UPDATE OF c

-- line_item.insert_service
INSERT INTO service (tenant_id, contract_id, id)
VALUES ($1, $2::uuid, $3::uuid)

-- line_item.insert
INSERT INTO service_line_item (
  tenant_id,
  id,
  contract_id,
  service_id,
  sku_id,
  created_by_id,
  name,
  comments,
  billed,
  price,
  quantity,
  vat_rate,
  started_at,
  ended_at,
  app_source
)
VALUES (
  $1,
  $2::uuid,
  $3::uuid,
  $4::uuid,
  $5::uuid,
  $6::uuid,
  coalesce($7, ''),
  coalesce($8, ''),
  $9,
  coalesce($10::numeric, 0),
  coalesce($11::bigint, 0),
  trunc(greatest(coalesce($12::numeric, 0), 0), 2),
  coalesce(date_trunc('day', $13::timestamptz), date_trunc('day', now())),
  date_trunc('day', $14::timestamptz),
  coalesce($15, 'customer-os-api')
)

-- line_item.tell_added
CALL line_item_added_action($1::integer, $2::uuid, $3::uuid)

-- contract.refresh
CALL contract_refresh($1::integer, $2::uuid[], $3::text, $4::uuid)

-- Mutation.contractLineItem_Create
SELECT NULL, t.price
FROM service_line_item t
WHERE t.tenant_id = $1 AND t.id = $2::uuid

-- line_item.lock_organization
SELECT id
FROM organization
WHERE tenant_id = $1
  AND id = (
    SELECT organization_id
    FROM contract
    WHERE tenant_id = $1
      AND id = coalesce(
        $3::uuid,
        (
          SELECT contract_id
          FROM service_line_item
          WHERE tenant_id = $1
            AND service_id = coalesce(
              (SELECT service_id FROM service_line_item WHERE tenant_id = $1 AND id = $2::uuid),
              $2::uuid
            )
          LIMIT 1
        )
      )
  )
FOR NO KEY UPDATE

-- line_item.lock_contract
SELECT c.id,
  c.status,
  to_char(now(), 'YYYY-MM-DD'),
  to_char(date_trunc('day', $4::timestamptz), 'YYYY-MM-DD'),
  (
    SELECT max(v.period_end)::text
    FROM invoice v
    WHERE v.tenant_id = c.tenant_id
      AND v.contract_id = c.id
      AND NOT v.dry_run
      AND v.status NOT IN ('INITIALIZED', 'VOID')
  ),
  coalesce((SELECT invoicing_postpaid FROM tenant_setting WHERE tenant_id = $1), false),
  c.next_invoice_date::text,
  coalesce(c.currency, base_currency(c.tenant_id))
FROM contract c
WHERE c.tenant_id = $1
  AND c.id = coalesce(
    $3::uuid,
    (
      SELECT contract_id
      FROM service_line_item
      WHERE tenant_id = $1
        AND service_id = coalesce(
          (SELECT service_id FROM service_line_item WHERE tenant_id = $1 AND id = $2::uuid),
          $2::uuid
        )
      LIMIT 1
    )
  )
  AND c.state = 'LIVE'
  AND EXISTS (
    SELECT
    FROM organization o
    WHERE o.tenant_id = c.tenant_id AND o.id = c.organization_id AND o.state IN ('LIVE', 'HIDDEN')
  )
FOR NO KEY UPDATE OF c

-- line_item.insert_service
INSERT INTO service (tenant_id, contract_id, id)
VALUES ($1, $2::uuid, $3::uuid)

-- line_item.insert
INSERT INTO service_line_item (
  tenant_id,
  id,
  contract_id,
  service_id,
  sku_id,
  created_by_id,
  name,
  comments,
  billed,
  price,
  quantity,
  vat_rate,
  started_at,
  ended_at,
  app_source
)
VALUES (
  $1,
  $2::uuid,
  $3::uuid,
  $4::uuid,
  $5::uuid,
  $6::uuid,
  coalesce($7, ''),
  coalesce($8, ''),
  $9,
  coalesce($10::numeric, 0),
  coalesce($11::bigint, 0),
  trunc(greatest(coalesce($12::numeric, 0), 0), 2),
  coalesce(date_trunc('day', $13::timestamptz), date_trunc('day', now())),
  date_trunc('day', $14::timestamptz),
  coalesce($15, 'customer-os-api')
)

-- line_item.tell_added
CALL line_item_added_action($1::integer, $2::uuid, $3::uuid)

-- contract.refresh
CALL contract_refresh($1::integer, $2::uuid[], $3::text, $4::uuid)

-- Mutation.contractLineItem_Create
SELECT NULL, t.price
FROM service_line_item t
WHERE t.tenant_id = $1 AND t.id = $2::uuid

-- line_item.lock_organization
SELECT id
FROM organization
WHERE tenant_id = $1
  AND id = (
    SELECT organization_id
    FROM contract
    WHERE tenant_id = $1
      AND id = coalesce(
        $3::uuid,
        (
          SELECT contract_id
          FROM service_line_item
          WHERE tenant_id = $1
            AND service_id = coalesce(
              (SELECT service_id FROM service_line_item WHERE tenant_id = $1 AND id = $2::uuid),
              $2::uuid
            )
          LIMIT 1
        )
      )
  )
FOR NO KEY UPDATE

-- line_item.lock_contract
SELECT c.id,
  c.status,
  to_char(now(), 'YYYY-MM-DD'),
  to_char(date_trunc('day', $4::timestamptz), 'YYYY-MM-DD'),
  (
    SELECT max(v.period_end)::text
    FROM invoice v
    WHERE v.tenant_id = c.tenant_id
      AND v.contract_id = c.id
      AND NOT v.dry_run
      AND v.status NOT IN ('INITIALIZED', 'VOID')
  ),
  coalesce((SELECT invoicing_postpaid FROM tenant_setting WHERE tenant_id = $1), false),
  c.next_invoice_date::text,
  coalesce(c.currency, base_currency(c.tenant_id))
FROM contract c
WHERE c.tenant_id = $1
  AND c.id = coalesce(
    $3::uuid,
    (
      SELECT contract_id
      FROM service_line_item
      WHERE tenant_id = $1
        AND service_id = coalesce(
          (SELECT service_id FROM service_line_item WHERE tenant_id = $1 AND id = $2::uuid),
          $2::uuid
        )
      LIMIT 1
    )
  )
  AND c.state = 'LIVE'
  AND EXISTS (
    SELECT
    FROM organization o
    WHERE o.tenant_id = c.tenant_id AND o.id = c.organization_id AND o.state IN ('LIVE', 'HIDDEN')
  )
FOR NO KEY UPDATE OF c

-- line_item.insert_service
INSERT INTO service (tenant_id, contract_id, id)
VALUES ($1, $2::uuid, $3::uuid)

-- line_item.insert
INSERT INTO service_line_item (
  tenant_id,
  id,
  contract_id,
  service_id,
  sku_id,
  created_by_id,
  name,
  comments,
  billed,
  price,
  quantity,
  vat_rate,
  started_at,
  ended_at,
  app_source
)
VALUES (
  $1,
  $2::uuid,
  $3::uuid,
  $4::uuid,
  $5::uuid,
  $6::uuid,
  coalesce($7, ''),
  coalesce($8, ''),
  $9,
  coalesce($10::numeric, 0),
  coalesce($11::bigint, 0),
  trunc(greatest(coalesce($12::numeric, 0), 0), 2),
  coalesce(date_trunc('day', $13::timestamptz), date_trunc('day', now())),
  date_trunc('day', $14::timestamptz),
  coalesce($15, 'customer-os-api')
)

-- line_item.tell_added
CALL line_item_added_action($1::integer, $2::uuid, $3::uuid)

-- contract.refresh
CALL contract_refresh($1::integer, $2::uuid[], $3::text, $4::uuid)

-- Mutation.contractLineItem_Create
SELECT NULL, t.price
FROM service_line_item t
WHERE t.tenant_id = $1 AND t.id = $2::uuid

-- line_item.lock_organization
SELECT id
FROM organization
WHERE tenant_id = $1
  AND id = (
    SELECT organization_id
    FROM contract
    WHERE tenant_id = $1
      AND id = coalesce(
        $3::uuid,
        (
          SELECT contract_id
          FROM service_line_item
          WHERE tenant_id = $1
            AND service_id = coalesce(
              (SELECT service_id FROM service_line_item WHERE tenant_id = $1 AND id = $2::uuid),
              $2::uuid
            )
          LIMIT 1
        )
      )
  )
FOR NO KEY UPDATE

-- line_item.lock_contract
SELECT c.id,
  c.status,
  to_char(now(), 'YYYY-MM-DD'),
  to_char(date_trunc('day', $4::timestamptz), 'YYYY-MM-DD'),
  (
    SELECT max(v.period_end)::text
    FROM invoice v
    WHERE v.tenant_id = c.tenant_id
      AND v.contract_id = c.id
      AND NOT v.dry_run
      AND v.status NOT IN ('INITIALIZED', 'VOID')
  ),
  coalesce((SELECT invoicing_postpaid FROM tenant_setting WHERE tenant_id = $1), false),
  c.next_invoice_date::text,
  coalesce(c.currency, base_currency(c.tenant_id))
FROM contract c
WHERE c.tenant_id = $1
  AND c.id = coalesce(
    $3::uuid,
    (
      SELECT contract_id
      FROM service_line_item
      WHERE tenant_id = $1
        AND service_id = coalesce(
          (SELECT service_id FROM service_line_item WHERE tenant_id = $1 AND id = $2::uuid),
          $2::uuid
        )
      LIMIT 1
    )
  )
  AND c.state = 'LIVE'
  AND EXISTS (
    SELECT
    FROM organization o
    WHERE o.tenant_id = c.tenant_id AND o.id = c.organization_id AND o.state IN ('LIVE', 'HIDDEN')
  )
FOR NO KEY UPDATE OF c

-- line_item.versions
SELECT i.id,
  i.service_id,
  to_char(i.started_at, 'YYYY-MM-DD'),
  i.billed,
  i.name,
  i.comments,
  i.sku_id,
  i.is_canceled,
  EXISTS (
    SELECT
    FROM invoice_line l
    JOIN invoice v ON v.tenant_id = l.tenant_id
      AND v.id = l.invoice_id
      AND NOT v.dry_run
      AND v.status NOT IN ('INITIALIZED', 'VOID')
    WHERE l.tenant_id = i.tenant_id AND l.service_line_item_id = i.id
  ),
  i.price,
  i.quantity,
  i.price = coalesce($3::numeric, 0),
  i.quantity = coalesce($4::bigint, 0),
  i.vat_rate = trunc(greatest(coalesce($5::numeric, 0), 0), 2),
  to_char(i.ended_at, 'YYYY-MM-DD')
FROM service_line_item i
WHERE i.tenant_id = $1
  AND i.service_id = coalesce(
    (SELECT service_id FROM service_line_item WHERE tenant_id = $1 AND id = $2::uuid),
    $2::uuid
  )
ORDER BY i.started_at

-- line_item.update
UPDATE service_line_item
SET name = coalesce($3, ''),
  comments = coalesce($4, ''),
  price = coalesce($5::numeric, 0),
  quantity = coalesce($6::bigint, 0),
  vat_rate = trunc(greatest(coalesce($7::numeric, 0), 0), 2),
  sku_id = $8::uuid,
  started_at = date_trunc('day', $9::timestamptz),
  updated_at = now()
WHERE tenant_id = $1 AND id = $2::uuid

-- line_item.tell_corrected
CALL line_item_corrected_actions($1::integer, $2::uuid, $3::uuid, $4::numeric, $5::bigint)

-- contract.refresh
CALL contract_refresh($1::integer, $2::uuid[], $3::text, $4::uuid)

-- Mutation.contractLineItem_Update
SELECT NULL, t.price
FROM service_line_item t
WHERE t.tenant_id = $1 AND t.id = $2::uuid

-- line_item.lock_organization
SELECT id
FROM organization
WHERE tenant_id = $1
  AND id = (
    SELECT organization_id
    FROM contract
    WHERE tenant_id = $1
      AND id = coalesce(
        $3::uuid,
        (
          SELECT contract_id
          FROM service_line_item
          WHERE tenant_id = $1
            AND service_id = coalesce(
              (SELECT service_id FROM service_line_item WHERE tenant_id = $1 AND id = $2::uuid),
              $2::uuid
            )
          LIMIT 1
        )
      )
  )
FOR NO KEY UPDATE

-- line_item.lock_contract
SELECT c.id,
  c.status,
  to_char(now(), 'YYYY-MM-DD'),
  to_char(date_trunc('day', $4::timestamptz), 'YYYY-MM-DD'),
  (
    SELECT max(v.period_end)::text
    FROM invoice v
    WHERE v.tenant_id = c.tenant_id
      AND v.contract_id = c.id
      AND NOT v.dry_run
      AND v.status NOT IN ('INITIALIZED', 'VOID')
  ),
  coalesce((SELECT invoicing_postpaid FROM tenant_setting WHERE tenant_id = $1), false),
  c.next_invoice_date::text,
  coalesce(c.currency, base_currency(c.tenant_id))
FROM contract c
WHERE c.tenant_id = $1
  AND c.id = coalesce(
    $3::uuid,
    (
      SELECT contract_id
      FROM service_line_item
      WHERE tenant_id = $1
        AND service_id = coalesce(
          (SELECT service_id FROM service_line_item WHERE tenant_id = $1 AND id = $2::uuid),
          $2::uuid
        )
      LIMIT 1
    )
  )
  AND c.state = 'LIVE'
  AND EXISTS (
    SELECT
    FROM organization o
    WHERE o.tenant_id = c.tenant_id AND o.id = c.organization_id AND o.state IN ('LIVE', 'HIDDEN')
  )
FOR NO KEY UPDATE OF c

-- line_item.versions
SELECT i.id,
  i.service_id,
  to_char(i.started_at, 'YYYY-MM-DD'),
  i.billed,
  i.name,
  i.comments,
  i.sku_id,
  i.is_canceled,
  EXISTS (
    SELECT
    FROM invoice_line l
    JOIN invoice v ON v.tenant_id = l.tenant_id
      AND v.id = l.invoice_id
      AND NOT v.dry_run
      AND v.status NOT IN ('INITIALIZED', 'VOID')
    WHERE l.tenant_id = i.tenant_id AND l.service_line_item_id = i.id
  ),
  i.price,
  i.quantity,
  i.price = coalesce($3::numeric, 0),
  i.quantity = coalesce($4::bigint, 0),
  i.vat_rate = trunc(greatest(coalesce($5::numeric, 0), 0), 2),
  to_char(i.ended_at, 'YYYY-MM-DD')
FROM service_line_item i
WHERE i.tenant_id = $1
  AND i.service_id = coalesce(
    (SELECT service_id FROM service_line_item WHERE tenant_id = $1 AND id = $2::uuid),
    $2::uuid
  )
ORDER BY i.started_at

-- line_item.tell_removed
CALL line_item_removed_action($1::integer, $2::uuid, $3::uuid)

-- line_item.remove_rehearsals
DELETE FROM invoice_line l
USING invoice v
WHERE l.tenant_id = $1
  AND l.service_line_item_id = ANY ($2::uuid[])
  AND v.tenant_id = l.tenant_id
  AND v.id = l.invoice_id
  AND v.dry_run

-- line_item.remove
DELETE FROM service_line_item
WHERE tenant_id = $1 AND id = ANY ($2::uuid[])

-- line_item.remove_service
DELETE FROM service s
WHERE s.tenant_id = $1
  AND s.id = $2::uuid
  AND NOT EXISTS (SELECT FROM service_line_item i WHERE i.tenant_id = $1 AND i.service_id = $2::uuid)

-- line_item.derive_ends
UPDATE service_line_item i
SET ended_at = derived.ends, updated_at = now()
FROM (
  SELECT id, coalesce(lead(started_at) OVER (ORDER BY started_at), date_trunc('day', $3::timestamptz)) AS ends
  FROM service_line_item
  WHERE tenant_id = $1 AND service_id = $2::uuid
) derived
WHERE i.tenant_id = $1 AND i.id = derived.id AND i.ended_at IS DISTINCT FROM derived.ends

-- contract.refresh
CALL contract_refresh($1::integer, $2::uuid[], $3::text, $4::uuid)

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
SELECT NULL, t.amount
FROM opportunity t
WHERE t.tenant_id = $1 AND t.id = $2::uuid

-- contract.lock_organization
SELECT id
FROM organization
WHERE tenant_id = $1 AND id = (SELECT organization_id FROM contract WHERE tenant_id = $1 AND id = $2::uuid)
FOR NO KEY UPDATE

-- contract.lock
SELECT organization_id, status, length_in_months
FROM contract
WHERE tenant_id = $1
  AND id = $2::uuid
  AND contract.state = 'LIVE'
  AND EXISTS (
    SELECT
    FROM organization o
    WHERE o.tenant_id = contract.tenant_id AND o.id = contract.organization_id AND o.state IN ('LIVE', 'HIDDEN')
  )
FOR NO KEY UPDATE

-- contract.update
UPDATE contract
SET updated_at = now(),
  service_started_at = CASE
    WHEN $3::text IS NULL THEN service_started_at
    ELSE date_trunc('day', nullif($3::text, '')::timestamptz)::timestamptz
  END,
  signed_at = CASE
    WHEN $4::text IS NULL THEN signed_at
    ELSE date_trunc('day', nullif($4::text, '')::timestamptz)::timestamptz
  END,
  ended_at = CASE
    WHEN $5::text IS NULL THEN ended_at
    ELSE date_trunc('day', nullif($5::text, '')::timestamptz)::timestamptz
  END,
  invoicing_start_date = CASE
    WHEN $6::text IS NULL THEN invoicing_start_date
    ELSE date_trunc('day', nullif($6::text, '')::timestamptz)::date
  END,
  name = coalesce($7::text, name),
  url = coalesce($8::text, url),
  currency = coalesce($9::text, currency),
  length_in_months = coalesce($10::integer, length_in_months),
  billing_cycle_in_months = coalesce($11::integer, billing_cycle_in_months),
  due_days = coalesce($12::integer, due_days),
  approved = coalesce($13::boolean, approved),
  auto_renew = coalesce($14::boolean, auto_renew),
  invoicing_enabled = coalesce($15::boolean, invoicing_enabled),
  organization_legal_name = coalesce($16::text, organization_legal_name),
  address_line1 = coalesce($17::text, address_line1),
  address_line2 = coalesce($18::text, address_line2),
  locality = coalesce($19::text, locality),
  region = coalesce($20::text, region),
  country = coalesce($21::text, country),
  zip = coalesce($22::text, zip),
  invoice_email = coalesce($23::text, invoice_email),
  invoice_email_cc = coalesce($24::text[], invoice_email_cc),
  invoice_email_bcc = coalesce($25::text[], invoice_email_bcc),
  invoice_note = coalesce($26::text, invoice_note),
  can_pay_with_card = coalesce($27::boolean, can_pay_with_card),
  can_pay_with_direct_debit = coalesce($28::boolean, can_pay_with_direct_debit),
  can_pay_with_bank_transfer = coalesce($29::boolean, can_pay_with_bank_transfer),
  can_pay_with_check = coalesce($30::boolean, can_pay_with_check),
  pay_online = coalesce($31::boolean, pay_online),
  pay_automatically = coalesce($32::boolean, pay_automatically),
  app_source = coalesce($33::text, app_source)
WHERE tenant_id = $1 AND id = $2::uuid

-- contract.refresh
CALL contract_refresh($1::integer, $2::uuid[], $3::text, $4::uuid)

-- Mutation.contract_Update
SELECT NULL, t.status
FROM contract t
WHERE t.tenant_id = $1 AND t.id = $2::uuid

-- then

-- Query.organization
SELECT NULL, t.id
FROM organization t
WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.state IN ('LIVE', 'HIDDEN')
LIMIT 1

-- Organization.timelineEvents of kinds
SELECT owner.id, e.timeline_event_id, e.kind
FROM unnest($2::uuid[]) owner (id)
CROSS JOIN LATERAL (
  SELECT k.*
  FROM unnest($5::text[]) asked (kind)
  CROSS JOIN LATERAL (
    SELECT timeline_event_id, kind, occurred_at
    FROM organization_timeline
    WHERE tenant_id = $1
      AND organization_id = owner.id
      AND kind = asked.kind
      AND occurred_at < coalesce($3::timestamptz, now() + interval '5 seconds')
    ORDER BY occurred_at DESC, timeline_event_id DESC
    LIMIT $4::bigint
  ) k
  ORDER BY occurred_at DESC, timeline_event_id DESC
  LIMIT $4::bigint
) e
ORDER BY e.occurred_at DESC, e.timeline_event_id DESC

-- Organization.timelineEvents.Action
SELECT t.id, t.type, nullif(t.content, ''), t.metadata::text, t.created_by_id
FROM action_record t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state <> 'ARCHIVED'

-- Action.createdBy
SELECT t.id, t.first_name
FROM app_user t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state = 'LIVE'
