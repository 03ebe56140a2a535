-- Query.user
SELECT NULL,
  t.id,
  nullif(coalesce(nullif(t.name, ''), trim(t.first_name || ' ' || t.last_name)), ''),
  t.first_name,
  t.last_name,
  t.internal,
  t.bot,
  nullif(t.timezone, ''),
  t.profile_photo_url,
  t.roles,
  t.created_at,
  t.updated_at,
  coalesce(nullif(t.source, ''), 'NA'),
  t.app_source,
  t.show_onboarding_page,
  t.onboarding_crm_step_completed,
  t.onboarding_inbound_step_completed,
  t.onboarding_mailstack_step_completed,
  t.onboarding_outbound_step_completed,
  t.test
FROM app_user t
WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.state = 'LIVE'
LIMIT 1

-- Query.user
SELECT NULL,
  nullif(coalesce(nullif(t.name, ''), trim(t.first_name || ' ' || t.last_name)), ''),
  t.bot,
  nullif(t.timezone, '')
FROM app_user t
WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.state = 'LIVE'
LIMIT 1

-- User.emails
SELECT l.user_id, coalesce(nullif(t.email, ''), t.raw_email), l.is_primary
FROM user_email l
JOIN email t ON t.tenant_id = l.tenant_id AND t.id = l.email_id
WHERE l.tenant_id = $1 AND l.user_id = ANY ($2::uuid[])
ORDER BY t.email, t.raw_email, t.id

-- User.phoneNumbers
SELECT l.user_id, t.e164
FROM user_phone_number l
JOIN phone_number t ON t.tenant_id = l.tenant_id AND t.id = l.phone_number_id
WHERE l.tenant_id = $1 AND l.user_id = ANY ($2::uuid[])
ORDER BY t.created_at, t.id

-- User.jobRoles
SELECT t.user_id, nullif(t.job_title, '')
FROM job_role t
WHERE t.tenant_id = $1 AND t.user_id = ANY ($2::uuid[])
ORDER BY t.job_title, t.created_at, t.id

-- User.calendars
SELECT t.user_id,
  t.id,
  t.type,
  nullif(t.link, ''),
  t.is_primary,
  coalesce(nullif(t.source, ''), 'NA'),
  t.app_source,
  t.created_at,
  t.updated_at
FROM calendar t
WHERE t.tenant_id = $1 AND t.user_id = ANY ($2::uuid[])
ORDER BY t.created_at, t.id
