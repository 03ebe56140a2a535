-- bank_account.lock
SELECT currency
FROM bank_account
WHERE tenant_id = $1 AND id = $2::uuid
FOR NO KEY UPDATE

-- then

-- bank_account.delete
DELETE FROM bank_account
WHERE tenant_id = $1 AND id = $2::uuid
RETURNING id

-- then

-- Query.bankAccounts
SELECT NULL, t.id, t.bank_name
FROM bank_account t
WHERE t.tenant_id = $1 AND true
ORDER BY t.created_at, t.id
