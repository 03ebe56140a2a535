-- organization.lock_links
SELECT id
FROM organization
WHERE tenant_id = $1 AND id = $2::uuid AND state IN ('LIVE', 'HIDDEN')
FOR NO KEY UPDATE

-- email.find
SELECT id
FROM email
WHERE tenant_id = $1 AND (fold(raw_email) = fold($2) OR (email <> '' AND fold(email) = fold($2)))
ORDER BY created_at, id
LIMIT 1

-- email.insert
INSERT INTO email (tenant_id, id, raw_email, email)
VALUES ($1, $2::uuid, $3, fold($3))
ON CONFLICT (tenant_id, fold(raw_email)) DO NOTHING
RETURNING id

-- email.lock
SELECT id
FROM email
WHERE tenant_id = $1 AND id = ANY ($2::uuid[])
ORDER BY id
FOR UPDATE

-- organization_email.put
INSERT INTO organization_email (tenant_id, organization_id, email_id, is_primary, label)
VALUES ($1, $2::uuid, $3::uuid, coalesce($4::boolean, false), $5)
ON CONFLICT (tenant_id, organization_id, email_id) DO UPDATE
SET is_primary = coalesce($4::boolean, organization_email.is_primary), label = coalesce($5, organization_email.label)

-- timeline.refresh_addresses
CALL timeline_refresh_addresses($1::integer, $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[])

-- Mutation.emailMergeToOrganization
SELECT NULL, t.id, coalesce(nullif(t.email, ''), t.raw_email), t.raw_email, l.is_primary, l.label
FROM organization_email l
JOIN email t ON t.tenant_id = l.tenant_id AND t.id = l.email_id
WHERE l.tenant_id = $1 AND l.organization_id = $2::uuid AND t.id = $3::uuid

-- Email.organizations
SELECT l.email_id, t.name, t.id
FROM organization_email l
JOIN organization t ON t.tenant_id = l.tenant_id AND t.id = l.organization_id
WHERE l.tenant_id = $1 AND l.email_id = ANY ($2::uuid[]) AND t.state IN ('LIVE', 'HIDDEN')
ORDER BY t.name, t.id

-- Organization.emails
SELECT l.organization_id, coalesce(nullif(t.email, ''), t.raw_email), l.is_primary, l.label
FROM organization_email l
JOIN email t ON t.tenant_id = l.tenant_id AND t.id = l.email_id
WHERE l.tenant_id = $1 AND l.organization_id = ANY ($2::uuid[])
ORDER BY t.email, t.raw_email, t.id
