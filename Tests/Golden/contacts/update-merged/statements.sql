-- contact.lock
SELECT name, first_name, last_name
FROM contact
WHERE tenant_id = $1 AND id = $2::uuid AND state IN ('LIVE', 'HIDDEN')
FOR NO KEY UPDATE
