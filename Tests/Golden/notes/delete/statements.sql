-- timeline.lock
SELECT contacts, organizations, is_held
FROM timeline_lock($1::integer, $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::uuid[])

-- note.delete
DELETE FROM timeline_event
WHERE tenant_id = $1 AND id = $2::uuid AND kind = 'NOTE'

-- then

-- Query.contact
SELECT NULL, t.name, t.id
FROM contact t
WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.state IN ('LIVE', 'HIDDEN')
LIMIT 1

-- Query.attachment
SELECT NULL, t.file_name
FROM attachment t
WHERE t.tenant_id = $1 AND t.id = $2::uuid
LIMIT 1

-- Contact.timelineEvents of kinds
SELECT owner.id, e.timeline_event_id, e.kind
FROM unnest($2::uuid[]) owner (id)
CROSS JOIN LATERAL (
  SELECT k.*
  FROM unnest($5::text[]) asked (kind)
  CROSS JOIN LATERAL (
    SELECT timeline_event_id, kind, occurred_at
    FROM contact_timeline
    WHERE tenant_id = $1
      AND contact_id = owner.id
      AND kind = asked.kind
      AND occurred_at < coalesce($3::timestamptz, now() + interval '5 seconds')
    ORDER BY occurred_at DESC, timeline_event_id DESC
    LIMIT $4::bigint
  ) k
  ORDER BY occurred_at DESC, timeline_event_id DESC
  LIMIT $4::bigint
) e
ORDER BY e.occurred_at DESC, e.timeline_event_id DESC

-- then

-- timeline.lock
SELECT contacts, organizations, is_held
FROM timeline_lock($1::integer, $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::uuid[])

-- note.delete
DELETE FROM timeline_event
WHERE tenant_id = $1 AND id = $2::uuid AND kind = 'NOTE'

-- then

-- timeline.lock
SELECT contacts, organizations, is_held
FROM timeline_lock($1::integer, $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::uuid[])

-- note.delete
DELETE FROM timeline_event
WHERE tenant_id = $1 AND id = $2::uuid AND kind = 'NOTE'

-- then

-- no statement

-- then

-- Query.interactionEvent
SELECT NULL, t.id
FROM interaction_event_record t
WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.state <> 'ARCHIVED'
LIMIT 1
