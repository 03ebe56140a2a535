-- Query.interactionEvent
SELECT NULL, t.id, nullif(t.content, '')
FROM interaction_event_record t
WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.state <> 'ARCHIVED'
LIMIT 1
