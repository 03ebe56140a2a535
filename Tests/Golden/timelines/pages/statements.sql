-- Query.organization
SELECT NULL, t.id
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

-- Organization.timelineEvents.Action
SELECT t.id, t.created_at
FROM action_record t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state <> 'ARCHIVED'

-- Organization.timelineEvents.InteractionEvent
SELECT t.id, t.created_at
FROM interaction_event_record t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state <> 'ARCHIVED'

-- then

-- Query.organization
SELECT NULL, t.id
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

-- Organization.timelineEvents.InteractionEvent
SELECT t.id, t.created_at
FROM interaction_event_record t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state <> 'ARCHIVED'

-- Organization.timelineEvents.Issue
SELECT t.id, t.created_at
FROM issue_record t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state <> 'ARCHIVED'

-- Organization.timelineEvents.LogEntry
SELECT t.id, t.occurred_at
FROM log_entry_record t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state <> 'ARCHIVED'

-- then

-- Query.organization
SELECT NULL, t.id
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

-- Organization.timelineEvents.Issue
SELECT t.id, t.created_at
FROM issue_record t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state <> 'ARCHIVED'

-- Organization.timelineEvents.Meeting
SELECT t.id, t.started_at
FROM meeting_record t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state <> 'ARCHIVED'
