-- Query.email
SELECT NULL,
  t.id,
  coalesce(nullif(t.email, ''), t.raw_email),
  t.raw_email,
  false,
  NULL::text,
  t.is_work,
  t.created_at,
  t.updated_at,
  coalesce(nullif(t.source, ''), 'NA'),
  t.app_source
FROM email t
WHERE t.tenant_id = $1 AND t.id = $2::uuid
LIMIT 1

-- Email.emailValidationDetails
SELECT e.id,
  t.validated_at IS NOT NULL,
  coalesce(
    t.is_valid_syntax,
    length(e.raw_email) <= 254 AND e.raw_email ~ '^[^[:space:][:cntrl:]@"(),.:;<>\[\]\\]+([.][^[:space:][:cntrl:]@"(),.:;<>\[\]\\]+)*@([[:alnum:]]([[:alnum:]-]{0,61}[[:alnum:]])?[.])+[[:alnum:]]([[:alnum:]-]{0,61}[[:alnum:]])?$'
  ),
  CASE
    WHEN t.validated_at IS NOT NULL THEN coalesce(t.is_firewalled, false) OR coalesce(t.is_role_account, false) OR coalesce(
    t.is_free_account,
    false
  ) OR coalesce(t.is_mailbox_full, false) OR NOT coalesce(t.is_primary_domain, true)
  END,
  t.deliverable,
  t.deliverable = 'DELIVERABLE',
  CASE t.deliverable
    WHEN 'DELIVERABLE' THEN 'safe'
    WHEN 'UNDELIVERABLE' THEN 'invalid'
    WHEN 'UNKNOWN' THEN 'unknown'
  END
FROM email e
LEFT JOIN email_validation t ON t.tenant_id = e.tenant_id AND t.email_id = e.id
WHERE e.tenant_id = $1 AND e.id = ANY ($2::uuid[])

-- Email.contacts
SELECT l.email_id, t.name
FROM contact_email l
JOIN contact t ON t.tenant_id = l.tenant_id AND t.id = l.contact_id
WHERE l.tenant_id = $1 AND l.email_id = ANY ($2::uuid[]) AND t.state IN ('LIVE', 'HIDDEN')
ORDER BY t.first_name, t.last_name, t.id

-- Email.organizations
SELECT l.email_id, t.name
FROM organization_email l
JOIN organization t ON t.tenant_id = l.tenant_id AND t.id = l.organization_id
WHERE l.tenant_id = $1 AND l.email_id = ANY ($2::uuid[]) AND t.state IN ('LIVE', 'HIDDEN')
ORDER BY t.name, t.id

-- Email.users
SELECT l.email_id, nullif(coalesce(nullif(t.name, ''), trim(t.first_name || ' ' || t.last_name)), '')
FROM user_email l
JOIN app_user t ON t.tenant_id = l.tenant_id AND t.id = l.user_id
WHERE l.tenant_id = $1 AND l.email_id = ANY ($2::uuid[]) AND t.state = 'LIVE'
ORDER BY t.first_name, t.last_name, t.id
