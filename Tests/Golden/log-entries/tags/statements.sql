-- timeline_event.share
SELECT id
FROM timeline_event
WHERE tenant_id = $1 AND id = $2::uuid AND kind = $3 AND state <> 'ARCHIVED'
FOR KEY SHARE

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

-- tag.find_by_id
SELECT id
FROM tag
WHERE tenant_id = $1 AND id = $2::uuid
FOR KEY SHARE

-- timeline_event_tag.set
WITH gone AS (
  DELETE FROM timeline_event_tag
  WHERE tenant_id = $1 AND timeline_event_id = $2::uuid AND NOT (tag_id = ANY ($3::uuid[]))
)
INSERT INTO timeline_event_tag (tenant_id, timeline_event_id, tag_id)
SELECT $1, $2::uuid, id
FROM unnest($3::uuid[]) id
ON CONFLICT DO NOTHING

-- then

-- Query.logEntry
SELECT NULL, t.id
FROM log_entry_record t
WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.state <> 'ARCHIVED'
LIMIT 1

-- LogEntry.tags
SELECT l.timeline_event_id, t.name
FROM timeline_event_tag l
JOIN tag t ON t.tenant_id = l.tenant_id AND t.id = l.tag_id
WHERE l.tenant_id = $1 AND l.timeline_event_id = ANY ($2::uuid[])
ORDER BY l.tagged_at, t.name, t.id

-- then

-- timeline_event.share_tagged
SELECT id
FROM timeline_event
WHERE tenant_id = $1 AND id = $2::uuid AND kind = 'LOG_ENTRY' AND state <> 'ARCHIVED'
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

-- timeline_event.share_tagged
SELECT id
FROM timeline_event
WHERE tenant_id = $1 AND id = $2::uuid AND kind = 'LOG_ENTRY' AND state <> 'ARCHIVED'
FOR SHARE

-- tag.find_by_id
SELECT id
FROM tag
WHERE tenant_id = $1 AND id = $2::uuid
FOR KEY SHARE

-- timeline_event_tag.remove
DELETE FROM timeline_event_tag
WHERE tenant_id = $1 AND timeline_event_id = $2::uuid AND tag_id = $3::uuid

-- then

-- timeline_event.share_tagged
SELECT id
FROM timeline_event
WHERE tenant_id = $1 AND id = $2::uuid AND kind = 'LOG_ENTRY' AND state <> 'ARCHIVED'
FOR SHARE

-- tag.find_by_name
SELECT id
FROM tag
WHERE tenant_id = $1 AND name = $2
FOR KEY SHARE

-- timeline_event_tag.remove
DELETE FROM timeline_event_tag
WHERE tenant_id = $1 AND timeline_event_id = $2::uuid AND tag_id = $3::uuid

-- then

-- Query.logEntry
SELECT NULL, t.id
FROM log_entry_record t
WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.state <> 'ARCHIVED'
LIMIT 1

-- LogEntry.tags
SELECT l.timeline_event_id, t.name
FROM timeline_event_tag l
JOIN tag t ON t.tenant_id = l.tenant_id AND t.id = l.tag_id
WHERE l.tenant_id = $1 AND l.timeline_event_id = ANY ($2::uuid[])
ORDER BY l.tagged_at, t.name, t.id

-- then

-- timeline_event.share
SELECT id
FROM timeline_event
WHERE tenant_id = $1 AND id = $2::uuid AND kind = $3 AND state <> 'ARCHIVED'
FOR KEY SHARE

-- timeline_event_tag.set
WITH gone AS (
  DELETE FROM timeline_event_tag
  WHERE tenant_id = $1 AND timeline_event_id = $2::uuid AND NOT (tag_id = ANY ($3::uuid[]))
)
INSERT INTO timeline_event_tag (tenant_id, timeline_event_id, tag_id)
SELECT $1, $2::uuid, id
FROM unnest($3::uuid[]) id
ON CONFLICT DO NOTHING

-- then

-- Query.logEntry
SELECT NULL, t.id
FROM log_entry_record t
WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.state <> 'ARCHIVED'
LIMIT 1

-- LogEntry.tags
SELECT l.timeline_event_id, t.name
FROM timeline_event_tag l
JOIN tag t ON t.tenant_id = l.tenant_id AND t.id = l.tag_id
WHERE l.tenant_id = $1 AND l.timeline_event_id = ANY ($2::uuid[])
ORDER BY l.tagged_at, t.name, t.id

-- then

-- timeline_event.share
SELECT id
FROM timeline_event
WHERE tenant_id = $1 AND id = $2::uuid AND kind = $3 AND state <> 'ARCHIVED'
FOR KEY SHARE

-- then

-- timeline_event.share
SELECT id
FROM timeline_event
WHERE tenant_id = $1 AND id = $2::uuid AND kind = $3 AND state <> 'ARCHIVED'
FOR KEY SHARE

-- tag.find_by_id
SELECT id
FROM tag
WHERE tenant_id = $1 AND id = $2::uuid
FOR KEY SHARE

-- then

-- timeline_event.share_tagged
SELECT id
FROM timeline_event
WHERE tenant_id = $1 AND id = $2::uuid AND kind = 'LOG_ENTRY' AND state <> 'ARCHIVED'
FOR SHARE

-- then

-- timeline_event.share_tagged
SELECT id
FROM timeline_event
WHERE tenant_id = $1 AND id = $2::uuid AND kind = 'LOG_ENTRY' AND state <> 'ARCHIVED'
FOR SHARE

-- then

-- timeline_event.share_tagged
SELECT id
FROM timeline_event
WHERE tenant_id = $1 AND id = $2::uuid AND kind = 'LOG_ENTRY' AND state <> 'ARCHIVED'
FOR SHARE

-- then

-- timeline_event.share_tagged
SELECT id
FROM timeline_event
WHERE tenant_id = $1 AND id = $2::uuid AND kind = 'LOG_ENTRY' AND state <> 'ARCHIVED'
FOR SHARE

-- tag.find_by_name
SELECT id
FROM tag
WHERE tenant_id = $1 AND name = $2
FOR KEY SHARE

-- then

-- no statement
