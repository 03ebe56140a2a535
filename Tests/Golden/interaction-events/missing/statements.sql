-- Query.interactionEvent
SELECT NULL, t.id
FROM interaction_event_record t
WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.state <> 'ARCHIVED'
LIMIT 1

-- then

-- Query.interactionEvent
SELECT NULL, t.id
FROM interaction_event_record t
WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.state <> 'ARCHIVED'
LIMIT 1

-- then

-- no statement

-- then

-- Query.interactionEvent
SELECT NULL, t.id
FROM interaction_event_record t
WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.state <> 'ARCHIVED'
LIMIT 1
