-- bank_account.lock
SELECT currency
FROM bank_account
WHERE tenant_id = $1 AND id = $2::uuid
FOR NO KEY UPDATE

-- then

-- no statement

-- then

-- no statement
