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

-- contact_tag.remove
DELETE FROM contact_tag
WHERE tenant_id = $1 AND contact_id = $2::uuid AND tag_id = $3::uuid

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

-- contact_tag.remove
DELETE FROM contact_tag
WHERE tenant_id = $1 AND contact_id = $2::uuid AND tag_id = $3::uuid

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

-- contact_tag.remove
DELETE FROM contact_tag
WHERE tenant_id = $1 AND contact_id = $2::uuid AND tag_id = $3::uuid

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

-- organization_tag.remove
DELETE FROM organization_tag
WHERE tenant_id = $1 AND organization_id = $2::uuid AND tag_id = $3::uuid

-- organization.share_tagged
SELECT id
FROM organization
WHERE tenant_id = $1 AND id = $2::uuid AND state IN ('LIVE', 'HIDDEN')
FOR SHARE

-- organization_tag.remove_all
DELETE FROM organization_tag
WHERE tenant_id = $1 AND organization_id = $2::uuid

-- opportunity.share_tagged
SELECT id
FROM opportunity
WHERE tenant_id = $1 AND id = $2::uuid AND state = 'LIVE'
FOR SHARE

-- opportunity_tag.remove_all
DELETE FROM opportunity_tag
WHERE tenant_id = $1 AND opportunity_id = $2::uuid

-- tag.delete
DELETE FROM tag
WHERE tenant_id = $1 AND id = $2::uuid
