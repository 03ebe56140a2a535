-- phone_number.lock_organizations
SELECT id
FROM organization
WHERE tenant_id = $1
  AND id = ANY (
    ARRAY(
      SELECT organization_id
      FROM organization_phone_number
      WHERE tenant_id = $1 AND phone_number_id = $2::uuid
      UNION
      SELECT j.organization_id
      FROM contact_phone_number l
      JOIN job_role j ON j.tenant_id = l.tenant_id AND j.contact_id = l.contact_id AND j.organization_id IS NOT NULL
      WHERE l.tenant_id = $1 AND l.phone_number_id = $2::uuid
    )
  )
ORDER BY id
FOR NO KEY UPDATE

-- phone_number.lock_contacts
SELECT id
FROM contact
WHERE tenant_id = $1
  AND id = ANY (ARRAY(SELECT contact_id FROM contact_phone_number WHERE tenant_id = $1 AND phone_number_id = $2::uuid))
ORDER BY id
FOR NO KEY UPDATE

-- phone_number.lock_users
SELECT id
FROM app_user
WHERE tenant_id = $1
  AND id = ANY (ARRAY(SELECT user_id FROM user_phone_number WHERE tenant_id = $1 AND phone_number_id = $2::uuid))
ORDER BY id
FOR NO KEY UPDATE

-- phone_number.lock_one
SELECT id
FROM phone_number
WHERE tenant_id = $1 AND id = $2::uuid
FOR UPDATE
