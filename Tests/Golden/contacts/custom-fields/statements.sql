-- Query.contact
SELECT NULL, t.id
FROM contact t
WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.state IN ('LIVE', 'HIDDEN')
LIMIT 1

-- Query.contact
SELECT NULL, t.id
FROM contact t
WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.state IN ('LIVE', 'HIDDEN')
LIMIT 1

-- Contact.customFields
SELECT t.contact_id,
  t.id,
  t.name,
  t.data_type,
  t.value,
  coalesce(nullif(t.source, ''), 'NA'),
  t.created_at,
  t.updated_at,
  t.template_id
FROM custom_field t
WHERE t.tenant_id = $1 AND t.contact_id = ANY ($2::uuid[])
ORDER BY t.name, t.data_type, t.id

-- Contact.customFields
SELECT t.contact_id, t.id
FROM custom_field t
WHERE t.tenant_id = $1 AND t.contact_id = ANY ($2::uuid[])
ORDER BY t.name, t.data_type, t.id

-- CustomField.template
SELECT t.id,
  t.id,
  t.name,
  t.type,
  t.valid_values,
  t.entity_type,
  t.position,
  t.required,
  t.length,
  t.min,
  t.max,
  t.created_at,
  t.updated_at
FROM custom_field_template t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[])
