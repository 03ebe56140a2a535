-- timeline_event.share
SELECT id
FROM timeline_event
WHERE tenant_id = $1 AND id = $2::uuid AND kind = $3 AND state <> 'ARCHIVED'
FOR KEY SHARE

-- note.insert_header
INSERT INTO timeline_event (tenant_id, id, kind, app_source)
VALUES ($1, $2::uuid, 'NOTE', coalesce(nullif($3, ''), 'customer-os-api'))

-- note.insert
INSERT INTO note (tenant_id, id, meeting_id, contact_id, organization_id, created_by_id, content, content_type)
VALUES ($1, $2::uuid, $3::uuid, $4::uuid, $5::uuid, $6::uuid, coalesce($7::text, ''), coalesce($8::text, ''))

-- Mutation.meeting_AddNote
SELECT NULL, t.id
FROM meeting_record t
WHERE t.tenant_id = $1 AND t.id = $2::uuid

-- Meeting.note
SELECT t.meeting_id, t.content, t.content_type, t.app_source, t.created_by_id
FROM note_record t
WHERE t.tenant_id = $1 AND t.meeting_id = ANY ($2::uuid[]) AND t.state <> 'ARCHIVED' AND t.state = 'LIVE'
ORDER BY t.created_at, t.id

-- Note.createdBy
SELECT t.id, t.first_name
FROM app_user t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state = 'LIVE'

-- then

-- timeline_event.share
SELECT id
FROM timeline_event
WHERE tenant_id = $1 AND id = $2::uuid AND kind = $3 AND state <> 'ARCHIVED'
FOR KEY SHARE

-- meeting_location.insert
WITH made AS (INSERT INTO location (tenant_id, id) VALUES ($1, $3::uuid) RETURNING tenant_id, id)
INSERT INTO meeting_location (tenant_id, meeting_id, location_id)
SELECT tenant_id, $2::uuid, id
FROM made

-- Mutation.meeting_AddNewLocation
SELECT NULL, t.id
FROM meeting_record t
WHERE t.tenant_id = $1 AND t.id = $2::uuid

-- then

-- no statement

-- then

-- no statement

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

-- then

-- no statement
