-- Query.interactionEvent_ByEventIdentifier
SELECT NULL, t.id
FROM interaction_event_record t
WHERE t.tenant_id = $1 AND t.identifier = $2 AND t.identifier <> '' AND t.state <> 'ARCHIVED'
ORDER BY t.created_at, t.id
LIMIT 1

-- Query.interactionSession_ByEventIdentifier
SELECT NULL, t.id
FROM interaction_session_record t
WHERE t.tenant_id = $1
  AND t.id = (
    SELECT e.interaction_session_id
    FROM interaction_event_record e
    JOIN interaction_session_record s ON s.tenant_id = e.tenant_id AND s.id = e.interaction_session_id
    WHERE e.tenant_id = $1
      AND e.identifier = $2
      AND e.identifier <> ''
      AND e.state <> 'ARCHIVED'
      AND s.state <> 'ARCHIVED'
    ORDER BY e.created_at, e.id
    LIMIT 1
  )
  AND t.state <> 'ARCHIVED'
LIMIT 1

-- Query.interactionSession_BySessionIdentifier
SELECT NULL, t.id
FROM interaction_session_record t
WHERE t.tenant_id = $1 AND t.identifier = $2 AND t.identifier <> '' AND t.state <> 'ARCHIVED'
ORDER BY t.created_at, t.id
LIMIT 1

-- then

-- Query.interactionEvent_ByEventIdentifier
SELECT NULL, t.id
FROM interaction_event_record t
WHERE t.tenant_id = $1 AND t.identifier = $2 AND t.identifier <> '' AND t.state <> 'ARCHIVED'
ORDER BY t.created_at, t.id
LIMIT 1

-- then

-- no statement

-- then

-- Query.interactionSession_ByEventIdentifier
SELECT NULL, t.id
FROM interaction_session_record t
WHERE t.tenant_id = $1
  AND t.id = (
    SELECT e.interaction_session_id
    FROM interaction_event_record e
    JOIN interaction_session_record s ON s.tenant_id = e.tenant_id AND s.id = e.interaction_session_id
    WHERE e.tenant_id = $1
      AND e.identifier = $2
      AND e.identifier <> ''
      AND e.state <> 'ARCHIVED'
      AND s.state <> 'ARCHIVED'
    ORDER BY e.created_at, e.id
    LIMIT 1
  )
  AND t.state <> 'ARCHIVED'
LIMIT 1

-- then

-- no statement

-- then

-- Query.interactionSession_BySessionIdentifier
SELECT NULL, t.id
FROM interaction_session_record t
WHERE t.tenant_id = $1 AND t.identifier = $2 AND t.identifier <> '' AND t.state <> 'ARCHIVED'
ORDER BY t.created_at, t.id
LIMIT 1
