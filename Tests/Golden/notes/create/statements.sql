-- timeline.lock
SELECT contacts, organizations, is_held
FROM timeline_lock($1::integer, $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::uuid[])

-- participant.visible
SELECT 'contact', id
FROM contact
WHERE tenant_id = $1 AND id = ANY ($2::uuid[]) AND state IN ('LIVE', 'HIDDEN')
UNION ALL
SELECT 'user', id
FROM app_user
WHERE tenant_id = $1 AND id = ANY ($3::uuid[]) AND state = 'LIVE'
UNION ALL
SELECT 'organization', id
FROM organization
WHERE tenant_id = $1 AND id = ANY ($4::uuid[]) AND state IN ('LIVE', 'HIDDEN')

-- timeline_event.insert
INSERT INTO timeline_event (tenant_id, id, kind, app_source, created_at, updated_at, started_at)
VALUES (
  $1,
  $2::uuid,
  $3,
  coalesce(nullif($4, ''), 'customer-os-api'),
  coalesce($5::timestamptz, now()),
  coalesce($5::timestamptz, now()),
  CASE WHEN $3 IN ('MEETING', 'LOG_ENTRY') THEN coalesce($6::timestamptz, now()) END
)

-- note.insert
INSERT INTO note (tenant_id, id, meeting_id, contact_id, organization_id, created_by_id, content, content_type)
VALUES ($1, $2::uuid, $3::uuid, $4::uuid, $5::uuid, $6::uuid, coalesce($7::text, ''), coalesce($8::text, ''))

-- timeline.event_added
CALL timeline_event_added($1::integer, $2::uuid, $3::uuid[], $4::uuid[])

-- Mutation.note_CreateForContact
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

-- timeline.lock
SELECT contacts, organizations, is_held
FROM timeline_lock($1::integer, $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::uuid[])

-- participant.visible
SELECT 'contact', id
FROM contact
WHERE tenant_id = $1 AND id = ANY ($2::uuid[]) AND state IN ('LIVE', 'HIDDEN')
UNION ALL
SELECT 'user', id
FROM app_user
WHERE tenant_id = $1 AND id = ANY ($3::uuid[]) AND state = 'LIVE'
UNION ALL
SELECT 'organization', id
FROM organization
WHERE tenant_id = $1 AND id = ANY ($4::uuid[]) AND state IN ('LIVE', 'HIDDEN')

-- timeline_event.insert
INSERT INTO timeline_event (tenant_id, id, kind, app_source, created_at, updated_at, started_at)
VALUES (
  $1,
  $2::uuid,
  $3,
  coalesce(nullif($4, ''), 'customer-os-api'),
  coalesce($5::timestamptz, now()),
  coalesce($5::timestamptz, now()),
  CASE WHEN $3 IN ('MEETING', 'LOG_ENTRY') THEN coalesce($6::timestamptz, now()) END
)

-- note.insert
INSERT INTO note (tenant_id, id, meeting_id, contact_id, organization_id, created_by_id, content, content_type)
VALUES ($1, $2::uuid, $3::uuid, $4::uuid, $5::uuid, $6::uuid, coalesce($7::text, ''), coalesce($8::text, ''))

-- timeline.event_added
CALL timeline_event_added($1::integer, $2::uuid, $3::uuid[], $4::uuid[])

-- Mutation.note_CreateForOrganization
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

-- Query.contact
SELECT NULL, t.id
FROM contact t
WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.state IN ('LIVE', 'HIDDEN')
LIMIT 1

-- Query.organization
SELECT NULL, t.id, t.last_touchpoint_type
FROM organization t
WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.state IN ('LIVE', 'HIDDEN')
LIMIT 1

-- Query.organization
SELECT NULL, t.id
FROM organization t
WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.state IN ('LIVE', 'HIDDEN')
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

-- Organization.timelineEvents of kinds
SELECT owner.id, e.timeline_event_id, e.kind
FROM unnest($2::uuid[]) owner (id)
CROSS JOIN LATERAL (
  SELECT k.*
  FROM unnest($5::text[]) asked (kind)
  CROSS JOIN LATERAL (
    SELECT timeline_event_id, kind, occurred_at
    FROM organization_timeline
    WHERE tenant_id = $1
      AND organization_id = owner.id
      AND kind = asked.kind
      AND occurred_at < coalesce($3::timestamptz, now() + interval '5 seconds')
    ORDER BY occurred_at DESC, timeline_event_id DESC
    LIMIT $4::bigint
  ) k
  ORDER BY occurred_at DESC, timeline_event_id DESC
  LIMIT $4::bigint
) e
ORDER BY e.occurred_at DESC, e.timeline_event_id DESC

-- Organization.timelineEventsTotalCount of kinds
SELECT organization_id, count(*)
FROM organization_timeline
WHERE tenant_id = $1 AND organization_id = ANY ($2::uuid[]) AND kind = ANY ($3::text[])
GROUP BY organization_id

-- Contact.timelineEvents.Note
SELECT t.id, t.content
FROM note_record t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state <> 'ARCHIVED'

-- Organization.timelineEvents.Note
SELECT t.id, t.content
FROM note_record t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state <> 'ARCHIVED'

-- then

-- timeline.lock
SELECT contacts, organizations, is_held
FROM timeline_lock($1::integer, $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::uuid[])

-- participant.visible
SELECT 'contact', id
FROM contact
WHERE tenant_id = $1 AND id = ANY ($2::uuid[]) AND state IN ('LIVE', 'HIDDEN')
UNION ALL
SELECT 'user', id
FROM app_user
WHERE tenant_id = $1 AND id = ANY ($3::uuid[]) AND state = 'LIVE'
UNION ALL
SELECT 'organization', id
FROM organization
WHERE tenant_id = $1 AND id = ANY ($4::uuid[]) AND state IN ('LIVE', 'HIDDEN')

-- then

-- timeline.lock
SELECT contacts, organizations, is_held
FROM timeline_lock($1::integer, $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::uuid[])

-- participant.visible
SELECT 'contact', id
FROM contact
WHERE tenant_id = $1 AND id = ANY ($2::uuid[]) AND state IN ('LIVE', 'HIDDEN')
UNION ALL
SELECT 'user', id
FROM app_user
WHERE tenant_id = $1 AND id = ANY ($3::uuid[]) AND state = 'LIVE'
UNION ALL
SELECT 'organization', id
FROM organization
WHERE tenant_id = $1 AND id = ANY ($4::uuid[]) AND state IN ('LIVE', 'HIDDEN')

-- then

-- timeline.lock
SELECT contacts, organizations, is_held
FROM timeline_lock($1::integer, $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::uuid[])

-- participant.visible
SELECT 'contact', id
FROM contact
WHERE tenant_id = $1 AND id = ANY ($2::uuid[]) AND state IN ('LIVE', 'HIDDEN')
UNION ALL
SELECT 'user', id
FROM app_user
WHERE tenant_id = $1 AND id = ANY ($3::uuid[]) AND state = 'LIVE'
UNION ALL
SELECT 'organization', id
FROM organization
WHERE tenant_id = $1 AND id = ANY ($4::uuid[]) AND state IN ('LIVE', 'HIDDEN')

-- then

-- timeline.lock
SELECT contacts, organizations, is_held
FROM timeline_lock($1::integer, $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::uuid[])

-- participant.visible
SELECT 'contact', id
FROM contact
WHERE tenant_id = $1 AND id = ANY ($2::uuid[]) AND state IN ('LIVE', 'HIDDEN')
UNION ALL
SELECT 'user', id
FROM app_user
WHERE tenant_id = $1 AND id = ANY ($3::uuid[]) AND state = 'LIVE'
UNION ALL
SELECT 'organization', id
FROM organization
WHERE tenant_id = $1 AND id = ANY ($4::uuid[]) AND state IN ('LIVE', 'HIDDEN')
