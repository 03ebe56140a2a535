-- Query.interactionSession
SELECT NULL,
  t.id,
  t.created_at,
  t.updated_at,
  t.identifier,
  t.name,
  t.status,
  t.type,
  t.channel,
  t.channel_data,
  coalesce(nullif(t.source, ''), 'NA'),
  t.app_source
FROM interaction_session_record t
WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.state <> 'ARCHIVED'
LIMIT 1

-- InteractionSession.events
SELECT t.interaction_session_id, t.id
FROM interaction_event_record t
WHERE t.tenant_id = $1 AND t.interaction_session_id = ANY ($2::uuid[]) AND t.state <> 'ARCHIVED' AND t.state = 'LIVE'
ORDER BY t.created_at, t.id

-- InteractionSession.attendedBy
SELECT t.session_id,
  CASE
    WHEN t.email_id IS NOT NULL THEN 'EmailParticipant'
    WHEN t.phone_number_id IS NOT NULL THEN 'PhoneNumberParticipant'
    WHEN t.contact_id IS NOT NULL THEN 'ContactParticipant'
    WHEN t.user_id IS NOT NULL THEN 'UserParticipant'
    WHEN t.organization_id IS NOT NULL THEN 'OrganizationParticipant'
    ELSE 'JobRoleParticipant'
  END,
  nullif(t.type, ''),
  t.email_id,
  t.phone_number_id,
  t.contact_id,
  t.user_id
FROM (
  SELECT DISTINCT ON (s.session_id, p.subject_id) s.session_id, s.place, p.*
  FROM (
    SELECT id AS session_id, id AS event_id, 0 AS place
    FROM interaction_session
    WHERE tenant_id = $1 AND id = ANY ($2::uuid[])
    UNION ALL
    SELECT interaction_session_id, id, 1
    FROM interaction_event_record
    WHERE tenant_id = $1 AND interaction_session_id = ANY ($2::uuid[]) AND state = 'LIVE'
  ) s
  JOIN timeline_event_participant p ON p.tenant_id = $1
    AND p.timeline_event_id = s.event_id
    AND p.role IN ('ATTENDED_BY', 'SENT_BY', 'SENT_TO')
  ORDER BY s.session_id, p.subject_id, s.place, p.position
) t
LEFT JOIN contact c ON c.tenant_id = t.tenant_id AND c.id = t.contact_id
LEFT JOIN app_user u ON u.tenant_id = t.tenant_id AND u.id = t.user_id
LEFT JOIN organization o ON o.tenant_id = t.tenant_id AND o.id = t.organization_id
WHERE t.tenant_id = $1
  AND t.session_id = ANY ($2::uuid[])
  AND coalesce(c.state, 'LIVE') IN ('LIVE', 'HIDDEN')
  AND coalesce(u.state, 'LIVE') = 'LIVE'
  AND coalesce(o.state, 'LIVE') IN ('LIVE', 'HIDDEN')
ORDER BY t.place, t.position, t.subject_id

-- ContactParticipant.contactParticipant
SELECT t.id, t.name
FROM contact t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state IN ('LIVE', 'HIDDEN')

-- EmailParticipant.emailParticipant
SELECT t.id, coalesce(nullif(t.email, ''), t.raw_email)
FROM email t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[])

-- PhoneNumberParticipant.phoneNumberParticipant
SELECT t.id, t.e164
FROM phone_number t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[])

-- UserParticipant.userParticipant
SELECT t.id, t.first_name
FROM app_user t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state = 'LIVE'

-- then

-- Query.interactionSession
SELECT NULL, t.id
FROM interaction_session_record t
WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.state <> 'ARCHIVED'
LIMIT 1

-- then

-- no statement
