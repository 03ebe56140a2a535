-- contact.share_tagged
SELECT id
FROM contact
WHERE tenant_id = $1 AND id = $2::uuid AND state IN ('LIVE', 'HIDDEN')
FOR SHARE

-- tag.find_by_id
SELECT id
FROM tag
WHERE tenant_id = $1 AND id = $2::uuid
FOR KEY SHARE

-- contact_tag.insert
INSERT INTO contact_tag (tenant_id, contact_id, tag_id)
VALUES ($1, $2::uuid, $3::uuid)
ON CONFLICT DO NOTHING

-- organization.share_tagged
SELECT id
FROM organization
WHERE tenant_id = $1 AND id = $2::uuid AND state IN ('LIVE', 'HIDDEN')
FOR SHARE

-- tag.find_by_name
SELECT id
FROM tag
WHERE tenant_id = $1 AND name = $2
FOR KEY SHARE

-- organization_tag.insert
INSERT INTO organization_tag (tenant_id, organization_id, tag_id)
VALUES ($1, $2::uuid, $3::uuid)
ON CONFLICT DO NOTHING

-- opportunity.share_tagged
SELECT id
FROM opportunity
WHERE tenant_id = $1 AND id = $2::uuid AND state = 'LIVE'
FOR SHARE

-- tag.find_by_name
SELECT id
FROM tag
WHERE tenant_id = $1 AND name = $2
FOR KEY SHARE

-- tag.find_by_name
SELECT id
FROM tag
WHERE tenant_id = $1 AND name = $2
FOR KEY SHARE

-- tag.insert
INSERT INTO tag (tenant_id, id, name, color_code, entity_type)
VALUES ($1, $2::uuid, $3, coalesce($4, ''), coalesce($5, 'ORGANIZATION'))
ON CONFLICT (tenant_id, name) DO NOTHING
RETURNING id

-- opportunity_tag.insert
INSERT INTO opportunity_tag (tenant_id, opportunity_id, tag_id)
VALUES ($1, $2::uuid, $3::uuid)
ON CONFLICT DO NOTHING

-- contact.share_tagged
SELECT id
FROM contact
WHERE tenant_id = $1 AND id = $2::uuid AND state IN ('LIVE', 'HIDDEN')
FOR SHARE

-- tag.find_by_id
SELECT id
FROM tag
WHERE tenant_id = $1 AND id = $2::uuid
FOR KEY SHARE

-- contact_tag.insert
INSERT INTO contact_tag (tenant_id, contact_id, tag_id)
VALUES ($1, $2::uuid, $3::uuid)
ON CONFLICT DO NOTHING

-- contact.share_tagged
SELECT id
FROM contact
WHERE tenant_id = $1 AND id = $2::uuid AND state IN ('LIVE', 'HIDDEN')
FOR SHARE

-- tag.find_by_name
SELECT id
FROM tag
WHERE tenant_id = $1 AND name = $2
FOR KEY SHARE

-- contact_tag.insert
INSERT INTO contact_tag (tenant_id, contact_id, tag_id)
VALUES ($1, $2::uuid, $3::uuid)
ON CONFLICT DO NOTHING

-- organization.share_tagged
SELECT id
FROM organization
WHERE tenant_id = $1 AND id = $2::uuid AND state IN ('LIVE', 'HIDDEN')
FOR SHARE

-- tag.find_by_name
SELECT id
FROM tag
WHERE tenant_id = $1 AND name = $2
FOR KEY SHARE

-- tag.find_by_name
SELECT id
FROM tag
WHERE tenant_id = $1 AND name = $2
FOR KEY SHARE

-- tag.insert
INSERT INTO tag (tenant_id, id, name, color_code, entity_type)
VALUES ($1, $2::uuid, $3, coalesce($4, ''), coalesce($5, 'ORGANIZATION'))
ON CONFLICT (tenant_id, name) DO NOTHING
RETURNING id

-- organization_tag.insert
INSERT INTO organization_tag (tenant_id, organization_id, tag_id)
VALUES ($1, $2::uuid, $3::uuid)
ON CONFLICT DO NOTHING
