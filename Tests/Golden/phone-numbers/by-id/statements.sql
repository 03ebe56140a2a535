-- Query.phoneNumber
SELECT NULL,
  t.id,
  t.e164,
  nullif(t.raw_phone_number, ''),
  t.validated,
  false,
  NULL::text,
  t.country_id,
  t.app_source,
  coalesce(nullif(t.source, ''), 'NA'),
  t.created_at
FROM phone_number t
WHERE t.tenant_id = $1 AND t.id = $2::uuid
LIMIT 1

-- PhoneNumber.country
SELECT t.id, t.name, t.id, t.code_a2, t.code_a3, t.phone_code
FROM country t
WHERE $1::integer = $1 AND t.id = ANY ($2::uuid[])

-- PhoneNumber.contacts
SELECT l.phone_number_id, t.name
FROM contact_phone_number l
JOIN contact t ON t.tenant_id = l.tenant_id AND t.id = l.contact_id
WHERE l.tenant_id = $1 AND l.phone_number_id = ANY ($2::uuid[]) AND t.state IN ('LIVE', 'HIDDEN')
ORDER BY t.first_name, t.last_name, t.id

-- PhoneNumber.organizations
SELECT l.phone_number_id, t.name
FROM organization_phone_number l
JOIN organization t ON t.tenant_id = l.tenant_id AND t.id = l.organization_id
WHERE l.tenant_id = $1 AND l.phone_number_id = ANY ($2::uuid[]) AND t.state IN ('LIVE', 'HIDDEN')
ORDER BY t.name, t.id

-- PhoneNumber.users
SELECT l.phone_number_id, nullif(coalesce(nullif(t.name, ''), trim(t.first_name || ' ' || t.last_name)), '')
FROM user_phone_number l
JOIN app_user t ON t.tenant_id = l.tenant_id AND t.id = l.user_id
WHERE l.tenant_id = $1 AND l.phone_number_id = ANY ($2::uuid[]) AND t.state = 'LIVE'
ORDER BY t.first_name, t.last_name, t.id
