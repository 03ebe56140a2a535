-- contact.share_tagged
SELECT id
FROM contact
WHERE tenant_id = $1 AND id = $2::uuid AND state IN ('LIVE', 'HIDDEN')
FOR SHARE

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

-- timeline_event.share_tagged
SELECT id
FROM timeline_event
WHERE tenant_id = $1 AND id = $2::uuid AND kind = 'ISSUE' AND state <> 'ARCHIVED'
FOR SHARE
