-- Query.timelineEvents
SELECT id, id, kind
FROM timeline_event
WHERE tenant_id = $1 AND id = ANY ($2::uuid[])
ORDER BY array_position($2::uuid[], id)

-- Query.timelineEvents.InteractionEvent
SELECT t.id, t.id
FROM interaction_event_record t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state <> 'ARCHIVED'

-- Query.timelineEvents.Issue
SELECT t.id, t.id
FROM issue_record t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state <> 'ARCHIVED'

-- Query.timelineEvents.PageView
SELECT t.id, t.id
FROM page_view_record t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state <> 'ARCHIVED'

-- then

-- Query.timelineEvents
SELECT id, id, kind
FROM timeline_event
WHERE tenant_id = $1 AND id = ANY ($2::uuid[])
ORDER BY array_position($2::uuid[], id)

-- then

-- Query.timelineEvents
SELECT id, id, kind
FROM timeline_event
WHERE tenant_id = $1 AND id = ANY ($2::uuid[])
ORDER BY array_position($2::uuid[], id)
