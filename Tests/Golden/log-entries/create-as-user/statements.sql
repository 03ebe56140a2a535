-- organization.lock
SELECT relationship, stage
FROM organization
WHERE tenant_id = $1 AND id = $2::uuid AND state IN ('LIVE', 'HIDDEN')
FOR NO KEY UPDATE

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

-- log_entry.insert
INSERT INTO log_entry (tenant_id, id, organization_id, created_by_id, content, content_type)
VALUES ($1, $2::uuid, $3::uuid, $4::uuid, coalesce($5::text, ''), coalesce($6::text, ''))

-- timeline_event_tag.set
WITH gone AS (
  DELETE FROM timeline_event_tag
  WHERE tenant_id = $1 AND timeline_event_id = $2::uuid AND NOT (tag_id = ANY ($3::uuid[]))
)
INSERT INTO timeline_event_tag (tenant_id, timeline_event_id, tag_id)
SELECT $1, $2::uuid, id
FROM unnest($3::uuid[]) id
ON CONFLICT DO NOTHING

-- timeline.event_added
CALL timeline_event_added($1::integer, $2::uuid, $3::uuid[], $4::uuid[])

-- then

-- Query.organization
SELECT NULL, t.id
FROM organization t
WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.state IN ('LIVE', 'HIDDEN')
LIMIT 1

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

-- Organization.timelineEvents.LogEntry
SELECT t.id, t.content, t.created_by_id
FROM log_entry_record t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state <> 'ARCHIVED'

-- LogEntry.createdBy
SELECT t.id, t.first_name
FROM app_user t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state = 'LIVE'
