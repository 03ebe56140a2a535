-- no statement

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

-- interaction_event.relatives
SELECT (SELECT id FROM interaction_session_record WHERE tenant_id = $1 AND id = $2::uuid AND state <> 'ARCHIVED'),
  (SELECT id FROM meeting_record WHERE tenant_id = $1 AND id = $3::uuid AND state <> 'ARCHIVED'),
  (SELECT id FROM interaction_event_record WHERE tenant_id = $1 AND id = $4::uuid AND state <> 'ARCHIVED')

-- then

-- interaction_event.relatives
SELECT (SELECT id FROM interaction_session_record WHERE tenant_id = $1 AND id = $2::uuid AND state <> 'ARCHIVED'),
  (SELECT id FROM meeting_record WHERE tenant_id = $1 AND id = $3::uuid AND state <> 'ARCHIVED'),
  (SELECT id FROM interaction_event_record WHERE tenant_id = $1 AND id = $4::uuid AND state <> 'ARCHIVED')

-- then

-- interaction_event.relatives
SELECT (SELECT id FROM interaction_session_record WHERE tenant_id = $1 AND id = $2::uuid AND state <> 'ARCHIVED'),
  (SELECT id FROM meeting_record WHERE tenant_id = $1 AND id = $3::uuid AND state <> 'ARCHIVED'),
  (SELECT id FROM interaction_event_record WHERE tenant_id = $1 AND id = $4::uuid AND state <> 'ARCHIVED')

-- then

-- no statement

-- then

-- no statement

-- then

-- Query.contact_ByEmail
SELECT NULL, t.id
FROM contact t
WHERE t.tenant_id = $1
  AND t.id = ANY (
    ARRAY(
      SELECT l.contact_id
      FROM contact_email l
      WHERE l.tenant_id = $1
        AND l.email_id = ANY (
          ARRAY(
            SELECT e.id
            FROM email e
            WHERE e.tenant_id = $1 AND fold(e.raw_email) = fold($2)
            UNION ALL
            SELECT e.id
            FROM email e
            WHERE e.tenant_id = $1 AND e.email <> '' AND fold(e.email) = fold($2)
          )
        )
    )
  )
  AND t.state IN ('LIVE', 'HIDDEN')
ORDER BY t.state = 'HIDDEN', t.created_at, t.id
LIMIT 1
