-- Query.tenantBillingProfile
SELECT NULL, t.legal_name
FROM tenant_billing_profile t
WHERE t.tenant_id = $1 AND t.id = $2::uuid
LIMIT 1

-- then

-- no statement
