-- Query.contacts
SELECT NULL, t.name, t.prefix
FROM contact t
WHERE t.tenant_id = $1 AND t.state = 'LIVE' AND t.state IN ('LIVE', 'HIDDEN')
ORDER BY fold(t.prefix) DESC, t.first_name, t.created_at, t.id
LIMIT $2
OFFSET $3
