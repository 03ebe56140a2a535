-- Query.timelineEvents
SELECT id, id, kind
FROM timeline_event
WHERE tenant_id = $1 AND id = ANY ($2::uuid[])
ORDER BY array_position($2::uuid[], id)
