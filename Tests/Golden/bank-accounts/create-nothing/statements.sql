-- no statement

-- then

-- no statement

-- then

-- Query.bankAccounts
SELECT NULL, t.id, t.bank_name
FROM bank_account t
WHERE t.tenant_id = $1 AND true
ORDER BY t.created_at, t.id
