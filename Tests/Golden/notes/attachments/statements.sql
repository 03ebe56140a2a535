-- timeline_event.share
SELECT id
FROM timeline_event
WHERE tenant_id = $1 AND id = $2::uuid AND kind = $3 AND state <> 'ARCHIVED'
FOR KEY SHARE

-- attachment.share
SELECT id
FROM attachment
WHERE tenant_id = $1 AND id = $2::uuid
FOR KEY SHARE

-- timeline_event_attachment.insert
INSERT INTO timeline_event_attachment (tenant_id, timeline_event_id, attachment_id, relation)
VALUES ($1, $2::uuid, $3::uuid, $4)
ON CONFLICT DO NOTHING

-- Mutation.note_LinkAttachment
SELECT NULL, t.id
FROM note_record t
WHERE t.tenant_id = $1 AND t.id = $2::uuid

-- Note.includes
SELECT l.timeline_event_id, t.file_name
FROM timeline_event_attachment l
JOIN attachment t ON t.tenant_id = l.tenant_id AND t.id = l.attachment_id
WHERE l.tenant_id = $1 AND l.timeline_event_id = ANY ($2::uuid[]) AND l.relation = 'INCLUDES'
ORDER BY l.created_at, t.id

-- then

-- timeline_event.share
SELECT id
FROM timeline_event
WHERE tenant_id = $1 AND id = $2::uuid AND kind = $3 AND state <> 'ARCHIVED'
FOR KEY SHARE

-- attachment.share
SELECT id
FROM attachment
WHERE tenant_id = $1 AND id = $2::uuid
FOR KEY SHARE

-- timeline_event_attachment.remove
DELETE FROM timeline_event_attachment
WHERE tenant_id = $1 AND timeline_event_id = $2::uuid AND attachment_id = $3::uuid AND relation = $4

-- Mutation.note_UnlinkAttachment
SELECT NULL, t.id
FROM note_record t
WHERE t.tenant_id = $1 AND t.id = $2::uuid

-- Note.includes
SELECT l.timeline_event_id, t.file_name
FROM timeline_event_attachment l
JOIN attachment t ON t.tenant_id = l.tenant_id AND t.id = l.attachment_id
WHERE l.tenant_id = $1 AND l.timeline_event_id = ANY ($2::uuid[]) AND l.relation = 'INCLUDES'
ORDER BY l.created_at, t.id

-- then

-- timeline_event.share
SELECT id
FROM timeline_event
WHERE tenant_id = $1 AND id = $2::uuid AND kind = $3 AND state <> 'ARCHIVED'
FOR KEY SHARE

-- attachment.share
SELECT id
FROM attachment
WHERE tenant_id = $1 AND id = $2::uuid
FOR KEY SHARE

-- timeline_event_attachment.remove
DELETE FROM timeline_event_attachment
WHERE tenant_id = $1 AND timeline_event_id = $2::uuid AND attachment_id = $3::uuid AND relation = $4

-- Mutation.note_UnlinkAttachment
SELECT NULL, t.id
FROM note_record t
WHERE t.tenant_id = $1 AND t.id = $2::uuid

-- Note.includes
SELECT l.timeline_event_id, t.file_name
FROM timeline_event_attachment l
JOIN attachment t ON t.tenant_id = l.tenant_id AND t.id = l.attachment_id
WHERE l.tenant_id = $1 AND l.timeline_event_id = ANY ($2::uuid[]) AND l.relation = 'INCLUDES'
ORDER BY l.created_at, t.id

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

-- attachment.share
SELECT id
FROM attachment
WHERE tenant_id = $1 AND id = $2::uuid
FOR KEY SHARE

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

-- attachment.share
SELECT id
FROM attachment
WHERE tenant_id = $1 AND id = $2::uuid
FOR KEY SHARE
