-- note.overwrite
WITH touched AS (
  UPDATE timeline_event
  SET updated_at = now()
  WHERE tenant_id = $1 AND id = $2::uuid AND kind = 'NOTE' AND state <> 'ARCHIVED'
  RETURNING tenant_id, id
)
UPDATE note n
SET id = n.id, content = coalesce($3::text, ''), content_type = coalesce($4::text, '')
FROM touched
WHERE n.tenant_id = touched.tenant_id AND n.id = touched.id AND ($5::uuid IS NULL OR n.meeting_id = $5::uuid)
RETURNING n.id

-- Mutation.note_Update
SELECT NULL,
  t.id,
  t.content,
  t.content_type,
  t.created_at,
  t.updated_at,
  coalesce(nullif(t.source, ''), 'NA'),
  t.app_source,
  t.created_by_id
FROM note_record t
WHERE t.tenant_id = $1 AND t.id = $2::uuid

-- Note.createdBy
SELECT t.id, t.first_name
FROM app_user t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state = 'LIVE'

-- Note.includes
SELECT l.timeline_event_id, t.file_name
FROM timeline_event_attachment l
JOIN attachment t ON t.tenant_id = l.tenant_id AND t.id = l.attachment_id
WHERE l.tenant_id = $1 AND l.timeline_event_id = ANY ($2::uuid[]) AND l.relation = 'INCLUDES'
ORDER BY l.created_at, t.id

-- then

-- note.overwrite
WITH touched AS (
  UPDATE timeline_event
  SET updated_at = now()
  WHERE tenant_id = $1 AND id = $2::uuid AND kind = 'NOTE' AND state <> 'ARCHIVED'
  RETURNING tenant_id, id
)
UPDATE note n
SET id = n.id, content = coalesce($3::text, ''), content_type = coalesce($4::text, '')
FROM touched
WHERE n.tenant_id = touched.tenant_id AND n.id = touched.id AND ($5::uuid IS NULL OR n.meeting_id = $5::uuid)
RETURNING n.id

-- Mutation.note_Update
SELECT NULL, t.content, t.content_type
FROM note_record t
WHERE t.tenant_id = $1 AND t.id = $2::uuid

-- then

-- note.overwrite
WITH touched AS (
  UPDATE timeline_event
  SET updated_at = now()
  WHERE tenant_id = $1 AND id = $2::uuid AND kind = 'NOTE' AND state <> 'ARCHIVED'
  RETURNING tenant_id, id
)
UPDATE note n
SET id = n.id, content = coalesce($3::text, ''), content_type = coalesce($4::text, '')
FROM touched
WHERE n.tenant_id = touched.tenant_id AND n.id = touched.id AND ($5::uuid IS NULL OR n.meeting_id = $5::uuid)
RETURNING n.id

-- then

-- no statement

-- then

-- note.overwrite
WITH touched AS (
  UPDATE timeline_event
  SET updated_at = now()
  WHERE tenant_id = $1 AND id = $2::uuid AND kind = 'NOTE' AND state <> 'ARCHIVED'
  RETURNING tenant_id, id
)
UPDATE note n
SET id = n.id, content = coalesce($3::text, ''), content_type = coalesce($4::text, '')
FROM touched
WHERE n.tenant_id = touched.tenant_id AND n.id = touched.id AND ($5::uuid IS NULL OR n.meeting_id = $5::uuid)
RETURNING n.id
