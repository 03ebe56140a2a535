-- bank_account.lock
SELECT currency
FROM bank_account
WHERE tenant_id = $1 AND id = $2::uuid
FOR NO KEY UPDATE

-- bank_account.update
UPDATE bank_account t
SET updated_at = now(),
  bank_name = coalesce($3::text, t.bank_name),
  currency = coalesce($4::text, t.currency),
  bank_transfer_enabled = coalesce($5::boolean, t.bank_transfer_enabled),
  allow_international = coalesce($6::boolean, t.allow_international),
  iban = coalesce($7::text, t.iban),
  bic = coalesce($8::text, t.bic),
  sort_code = coalesce($9::text, t.sort_code),
  account_number = coalesce($10::text, t.account_number),
  routing_number = coalesce($11::text, t.routing_number),
  other_details = coalesce($12::text, t.other_details)
WHERE t.tenant_id = $1 AND t.id = $2::uuid

-- Mutation.bankAccount_Update
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
