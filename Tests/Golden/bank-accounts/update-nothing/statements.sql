-- bank_account.lock
SELECT currency
FROM bank_account
WHERE tenant_id = $1 AND id = $2::uuid
FOR NO KEY UPDATE

-- Mutation.bankAccount_Update
SELECT NULL, t.updated_at, t.bank_name
FROM bank_account t
WHERE t.tenant_id = $1 AND t.id = $2::uuid
