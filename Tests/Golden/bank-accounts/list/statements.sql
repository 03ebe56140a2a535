-- Query.bankAccounts
SELECT NULL,
  t.id,
  t.created_at,
  t.updated_at,
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
WHERE t.tenant_id = $1 AND true
ORDER BY t.created_at, t.id
