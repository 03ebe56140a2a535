-- Query.externalMeetings.count
SELECT count(*)
FROM meeting_record t
WHERE t.tenant_id = $1
  AND t.id IN (
    SELECT l.timeline_event_id
    FROM external_link l
    WHERE l.tenant_id = $1
      AND l.system = upper(replace($2, '-', '_'))
      AND ($3::text IS NULL OR l.external_id = $3)
      AND l.timeline_event_id IS NOT NULL
  )
  AND t.state <> 'ARCHIVED'

-- Query.externalMeetings
SELECT NULL, t.name
FROM meeting_record t
WHERE t.tenant_id = $1
  AND t.id IN (
    SELECT l.timeline_event_id
    FROM external_link l
    WHERE l.tenant_id = $1
      AND l.system = upper(replace($2, '-', '_'))
      AND ($3::text IS NULL OR l.external_id = $3)
      AND l.timeline_event_id IS NOT NULL
  )
  AND t.state <> 'ARCHIVED'
ORDER BY t.created_at, t.id
LIMIT $4
OFFSET $5

-- Query.externalMeetings.count
SELECT count(*)
FROM meeting_record t
WHERE t.tenant_id = $1
  AND t.id IN (
    SELECT l.timeline_event_id
    FROM external_link l
    WHERE l.tenant_id = $1
      AND l.system = upper(replace($2, '-', '_'))
      AND ($3::text IS NULL OR l.external_id = $3)
      AND l.timeline_event_id IS NOT NULL
  )
  AND t.state <> 'ARCHIVED'

-- Query.externalMeetings
SELECT NULL, t.name
FROM meeting_record t
WHERE t.tenant_id = $1
  AND t.id IN (
    SELECT l.timeline_event_id
    FROM external_link l
    WHERE l.tenant_id = $1
      AND l.system = upper(replace($2, '-', '_'))
      AND ($3::text IS NULL OR l.external_id = $3)
      AND l.timeline_event_id IS NOT NULL
  )
  AND t.state <> 'ARCHIVED'
ORDER BY t.created_at, t.id
LIMIT $4
OFFSET $5

-- Query.externalMeetings.count
SELECT count(*)
FROM meeting_record t
WHERE t.tenant_id = $1
  AND t.id IN (
    SELECT l.timeline_event_id
    FROM external_link l
    WHERE l.tenant_id = $1
      AND l.system = upper(replace($2, '-', '_'))
      AND ($3::text IS NULL OR l.external_id = $3)
      AND l.timeline_event_id IS NOT NULL
  )
  AND t.state <> 'ARCHIVED'

-- Query.externalMeetings
SELECT NULL, t.name
FROM meeting_record t
WHERE t.tenant_id = $1
  AND t.id IN (
    SELECT l.timeline_event_id
    FROM external_link l
    WHERE l.tenant_id = $1
      AND l.system = upper(replace($2, '-', '_'))
      AND ($3::text IS NULL OR l.external_id = $3)
      AND l.timeline_event_id IS NOT NULL
  )
  AND t.state <> 'ARCHIVED'
ORDER BY t.created_at, t.id
LIMIT $4
OFFSET $5

-- Query.externalMeetings.count
SELECT count(*)
FROM meeting_record t
WHERE t.tenant_id = $1
  AND t.id IN (
    SELECT l.timeline_event_id
    FROM external_link l
    WHERE l.tenant_id = $1
      AND l.system = upper(replace($2, '-', '_'))
      AND ($3::text IS NULL OR l.external_id = $3)
      AND l.timeline_event_id IS NOT NULL
  )
  AND t.state <> 'ARCHIVED'
  AND (strpos(fold(t.name), fold($4::text)) > 0)

-- Query.externalMeetings
SELECT NULL, t.name
FROM meeting_record t
WHERE t.tenant_id = $1
  AND t.id IN (
    SELECT l.timeline_event_id
    FROM external_link l
    WHERE l.tenant_id = $1
      AND l.system = upper(replace($2, '-', '_'))
      AND ($3::text IS NULL OR l.external_id = $3)
      AND l.timeline_event_id IS NOT NULL
  )
  AND t.state <> 'ARCHIVED'
  AND (strpos(fold(t.name), fold($4::text)) > 0)
ORDER BY fold(t.name), t.created_at, t.id
LIMIT $5
OFFSET $6

-- then

-- no statement

-- then

-- no statement
