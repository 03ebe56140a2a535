-- bank_account.insert
INSERT INTO bank_account (
  tenant_id,
  id,
  bank_name,
  currency,
  bank_transfer_enabled,
  allow_international,
  iban,
  bic,
  sort_code,
  account_number,
  routing_number,
  other_details
)
VALUES (
  $1,
  $2::uuid,
  coalesce($3::text, ''),
  coalesce($4::text, base_currency($1)),
  coalesce($5::boolean, false),
  coalesce($6::boolean, false),
  coalesce($7::text, ''),
  coalesce($8::text, ''),
  coalesce($9::text, ''),
  coalesce($10::text, ''),
  coalesce($11::text, ''),
  coalesce($12::text, '')
)

-- Mutation.bankAccount_Create
SELECT NULL,
  coalesce(nullif(t.source, ''), 'NA'),
  t.app_source,
  t.bank_name,
  t.currency,
  t.bank_transfer_enabled,
  t.allow_international,
  t.iban,
  t.bic,
  t.sort_code,
  t.account_number,
  t.routing_number,
  t.other_details
FROM bank_account t
WHERE t.tenant_id = $1 AND t.id = $2::uuid

-- then

-- Query.bankAccounts
SELECT NULL, t.id, t.bank_name
FROM bank_account t
WHERE t.tenant_id = $1 AND true
ORDER BY t.created_at, t.id
