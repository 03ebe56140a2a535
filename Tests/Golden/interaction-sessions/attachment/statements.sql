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

-- Mutation.interactionSession_LinkAttachment
SELECT NULL, t.id
FROM interaction_session_record t
WHERE t.tenant_id = $1 AND t.id = $2::uuid

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
