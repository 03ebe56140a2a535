-- Query.organization_ByCustomerOsId
SELECT NULL, t.name
FROM organization t
WHERE t.tenant_id = $1 AND t.customer_os_id = $2 AND t.state IN ('LIVE', 'HIDDEN')
LIMIT 1

-- Query.organization_ByCustomerOsId
SELECT NULL, t.name, t.state = 'HIDDEN'
FROM organization t
WHERE t.tenant_id = $1 AND t.customer_os_id = $2 AND t.state IN ('LIVE', 'HIDDEN')
LIMIT 1

-- Query.organization_ByCustomerOsId
SELECT NULL, t.name
FROM organization t
WHERE t.tenant_id = $1 AND t.customer_os_id = $2 AND t.state IN ('LIVE', 'HIDDEN')
LIMIT 1

-- Query.organization_ByCustomerOsId
SELECT NULL, t.name
FROM organization t
WHERE t.tenant_id = $1 AND t.customer_os_id = $2 AND t.state IN ('LIVE', 'HIDDEN')
LIMIT 1

-- Query.organization_ByCustomerOsId
SELECT NULL, t.name
FROM organization t
WHERE t.tenant_id = $1 AND t.customer_os_id = $2 AND t.state IN ('LIVE', 'HIDDEN')
LIMIT 1
