-- timeline.lock
SELECT contacts, organizations, is_held
FROM timeline_lock($1::integer, $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::uuid[])

-- timeline_event.touch
UPDATE timeline_event
SET updated_at = now()
WHERE tenant_id = $1 AND id = $2::uuid AND kind = $3 AND state <> 'ARCHIVED'
RETURNING id

-- log_entry.update
UPDATE log_entry
SET id = log_entry.id,
  content = coalesce($3::text, log_entry.content),
  content_type = coalesce($4::text, log_entry.content_type)
WHERE tenant_id = $1 AND id = $2::uuid

-- timeline_event.start
UPDATE timeline_event
SET started_at = $3::timestamptz, updated_at = now()
WHERE tenant_id = $1 AND id = $2::uuid

-- timeline.event_moved
CALL timeline_event_moved($1::integer, $2::uuid, $3::uuid[])

-- then

-- Query.logEntry
SELECT NULL, t.content, t.content_type, t.occurred_at, t.updated_at
FROM log_entry_record t
WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.state <> 'ARCHIVED'
LIMIT 1

-- Query.organization
SELECT NULL, t.last_touchpoint_at, t.last_touchpoint_type, t.id
FROM organization t
WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.state IN ('LIVE', 'HIDDEN')
LIMIT 1

-- Organization.timelineEvents
SELECT owner.id, e.timeline_event_id, e.kind
FROM unnest($2::uuid[]) owner (id)
CROSS JOIN LATERAL (
  SELECT timeline_event_id, kind, occurred_at
  FROM organization_timeline
  WHERE tenant_id = $1
    AND organization_id = owner.id
    AND kind IN ('INTERACTION_EVENT', 'MEETING', 'ISSUE', 'ACTION', 'LOG_ENTRY')
    AND occurred_at < coalesce($3::timestamptz, now() + interval '5 seconds')
  ORDER BY occurred_at DESC, timeline_event_id DESC
  LIMIT $4::bigint
) e
ORDER BY e.occurred_at DESC, e.timeline_event_id DESC

-- Organization.timelineEvents.LogEntry
SELECT t.id, t.content
FROM log_entry_record t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state <> 'ARCHIVED'

-- then

-- timeline_event.share
SELECT id
FROM timeline_event
WHERE tenant_id = $1 AND id = $2::uuid AND kind = $3 AND state <> 'ARCHIVED'
FOR KEY SHARE

-- then

-- timeline_event.touch
UPDATE timeline_event
SET updated_at = now()
WHERE tenant_id = $1 AND id = $2::uuid AND kind = $3 AND state <> 'ARCHIVED'
RETURNING id

-- log_entry.update
UPDATE log_entry
SET id = log_entry.id,
  content = coalesce($3::text, log_entry.content),
  content_type = coalesce($4::text, log_entry.content_type)
WHERE tenant_id = $1 AND id = $2::uuid

-- then

-- timeline_event.touch
UPDATE timeline_event
SET updated_at = now()
WHERE tenant_id = $1 AND id = $2::uuid AND kind = $3 AND state <> 'ARCHIVED'
RETURNING id

-- then

-- timeline.lock
SELECT contacts, organizations, is_held
FROM timeline_lock($1::integer, $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::uuid[])

-- timeline_event.touch
UPDATE timeline_event
SET updated_at = now()
WHERE tenant_id = $1 AND id = $2::uuid AND kind = $3 AND state <> 'ARCHIVED'
RETURNING id

-- then

-- timeline_event.share
SELECT id
FROM timeline_event
WHERE tenant_id = $1 AND id = $2::uuid AND kind = $3 AND state <> 'ARCHIVED'
FOR KEY SHARE

-- then

-- no statement

-- then

-- no statement

-- then

-- no statement

-- then

-- timeline_event.touch
UPDATE timeline_event
SET updated_at = now()
WHERE tenant_id = $1 AND id = $2::uuid AND kind = $3 AND state <> 'ARCHIVED'
RETURNING id

-- then

-- timeline.lock
SELECT contacts, organizations, is_held
FROM timeline_lock($1::integer, $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::uuid[])

-- timeline_event.touch
UPDATE timeline_event
SET updated_at = now()
WHERE tenant_id = $1 AND id = $2::uuid AND kind = $3 AND state <> 'ARCHIVED'
RETURNING id

-- then

-- timeline_event.share
SELECT id
FROM timeline_event
WHERE tenant_id = $1 AND id = $2::uuid AND kind = $3 AND state <> 'ARCHIVED'
FOR KEY SHARE
