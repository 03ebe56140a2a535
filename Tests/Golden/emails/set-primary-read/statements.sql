-- Query.contact
SELECT NULL, t.id
FROM contact t
WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.state IN ('LIVE', 'HIDDEN')
LIMIT 1

-- Contact.primaryEmail
SELECT l.contact_id, coalesce(nullif(t.email, ''), t.raw_email), l.label
FROM contact_email l
JOIN email t ON t.tenant_id = l.tenant_id AND t.id = l.email_id
WHERE l.tenant_id = $1 AND l.contact_id = ANY ($2::uuid[]) AND l.is_primary

-- Contact.emails
SELECT l.contact_id, coalesce(nullif(t.email, ''), t.raw_email), l.is_primary
FROM contact_email l
JOIN email t ON t.tenant_id = l.tenant_id AND t.id = l.email_id
WHERE l.tenant_id = $1 AND l.contact_id = ANY ($2::uuid[])
ORDER BY t.email, t.raw_email, t.id
