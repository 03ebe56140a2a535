-- Query.contacts
SELECT NULL, t.id, t.name, t.prefix
FROM contact t
WHERE t.tenant_id = $1 AND t.state = 'LIVE' AND t.state IN ('LIVE', 'HIDDEN')
ORDER BY fold(t.last_name), t.created_at, t.id
LIMIT $2
OFFSET $3

-- Contact.primaryEmail
SELECT l.contact_id, coalesce(nullif(t.email, ''), t.raw_email)
FROM contact_email l
JOIN email t ON t.tenant_id = l.tenant_id AND t.id = l.email_id
WHERE l.tenant_id = $1 AND l.contact_id = ANY ($2::uuid[]) AND l.is_primary
