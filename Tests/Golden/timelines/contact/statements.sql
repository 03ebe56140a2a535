-- Query.contact
SELECT NULL, t.id
FROM contact t
WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.state IN ('LIVE', 'HIDDEN')
LIMIT 1

-- Contact.timelineEvents
SELECT owner.id, e.timeline_event_id, e.kind
FROM unnest($2::uuid[]) owner (id)
CROSS JOIN LATERAL (
  SELECT timeline_event_id, kind, occurred_at
  FROM contact_timeline
  WHERE tenant_id = $1
    AND contact_id = owner.id
    AND kind IN ('INTERACTION_EVENT', 'MEETING', 'ISSUE', 'ACTION', 'LOG_ENTRY')
    AND occurred_at < coalesce($3::timestamptz, now() + interval '5 seconds')
  ORDER BY occurred_at DESC, timeline_event_id DESC
  LIMIT $4::bigint
) e
ORDER BY e.occurred_at DESC, e.timeline_event_id DESC

-- Contact.timelineEvents
SELECT owner.id, e.timeline_event_id, e.kind
FROM unnest($2::uuid[]) owner (id)
CROSS JOIN LATERAL (
  SELECT timeline_event_id, kind, occurred_at
  FROM contact_timeline
  WHERE tenant_id = $1
    AND contact_id = owner.id
    AND kind IN ('INTERACTION_EVENT', 'MEETING', 'ISSUE', 'ACTION', 'LOG_ENTRY')
    AND occurred_at < coalesce($3::timestamptz, now() + interval '5 seconds')
  ORDER BY occurred_at DESC, timeline_event_id DESC
  LIMIT $4::bigint
) e
ORDER BY e.occurred_at DESC, e.timeline_event_id DESC

-- Contact.timelineEventsTotalCount
SELECT contact_id, count(*)
FROM contact_timeline
WHERE tenant_id = $1
  AND contact_id = ANY ($2::uuid[])
  AND kind IN ('INTERACTION_EVENT', 'MEETING', 'ISSUE', 'ACTION', 'LOG_ENTRY')
GROUP BY contact_id

-- Contact.timelineEvents.InteractionEvent
SELECT t.id, t.id
FROM interaction_event_record t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state <> 'ARCHIVED'

-- Contact.timelineEvents.Issue
SELECT t.id, t.id
FROM issue_record t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state <> 'ARCHIVED'

-- Contact.timelineEvents.Meeting
SELECT t.id, t.id
FROM meeting_record t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state <> 'ARCHIVED'

-- Contact.timelineEvents.InteractionEvent
SELECT t.id, t.id
FROM interaction_event_record t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state <> 'ARCHIVED'

-- Contact.timelineEvents.Issue
SELECT t.id, t.id
FROM issue_record t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state <> 'ARCHIVED'

-- Contact.timelineEvents.Meeting
SELECT t.id, t.id
FROM meeting_record t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state <> 'ARCHIVED'
