-- timeline_event.share_tagged
SELECT id
FROM timeline_event
WHERE tenant_id = $1 AND id = $2::uuid AND kind = 'ISSUE' AND state <> 'ARCHIVED'
FOR SHARE

-- tag.find_by_name
SELECT id
FROM tag
WHERE tenant_id = $1 AND name = $2
FOR KEY SHARE

-- timeline_event_tag.insert
INSERT INTO timeline_event_tag (tenant_id, timeline_event_id, tag_id)
VALUES ($1, $2::uuid, $3::uuid)
ON CONFLICT DO NOTHING

-- then

-- Query.issue
SELECT NULL, t.id
FROM issue_record t
WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.state <> 'ARCHIVED'
LIMIT 1

-- Issue.tags
SELECT l.timeline_event_id, t.name
FROM timeline_event_tag l
JOIN tag t ON t.tenant_id = l.tenant_id AND t.id = l.tag_id
WHERE l.tenant_id = $1 AND l.timeline_event_id = ANY ($2::uuid[])
ORDER BY l.tagged_at, t.name, t.id
