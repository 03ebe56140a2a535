-- participant.find_emails
SELECT given.place, e.id
FROM unnest($2::text[]) WITH ORDINALITY given (address, place)
LEFT JOIN LATERAL (
  SELECT id
  FROM email
  WHERE tenant_id = $1
    AND (fold(raw_email) = fold(given.address) OR (email <> '' AND fold(email) = fold(given.address)))
  ORDER BY created_at, id
  LIMIT 1
) e ON true
ORDER BY given.place

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

-- timeline_event.insert
INSERT INTO timeline_event (tenant_id, id, kind, app_source, created_at, updated_at, started_at)
VALUES (
  $1,
  $2::uuid,
  $3,
  coalesce(nullif($4, ''), 'customer-os-api'),
  coalesce($5::timestamptz, now()),
  coalesce($5::timestamptz, now()),
  CASE WHEN $3 IN ('MEETING', 'LOG_ENTRY') THEN coalesce($6::timestamptz, now()) END
)

-- interaction_session.insert
INSERT INTO interaction_session (tenant_id, id, identifier, name, status, type, channel, channel_data)
VALUES (
  $1,
  $2::uuid,
  coalesce($3::text, ''),
  coalesce($4::text, ''),
  coalesce($5::text, ''),
  coalesce($6::text, ''),
  coalesce($7::text, ''),
  coalesce($8::text, '')
)

-- participant.insert
INSERT INTO timeline_event_participant (
  tenant_id,
  timeline_event_id,
  role,
  email_id,
  phone_number_id,
  contact_id,
  user_id,
  organization_id,
  type,
  position
)
SELECT $1,
  $2::uuid,
  role,
  CASE WHEN subject = 'email' THEN id END,
  CASE WHEN subject = 'phone_number' THEN id END,
  CASE WHEN subject = 'contact' THEN id END,
  CASE WHEN subject = 'user' THEN id END,
  CASE WHEN subject = 'organization' THEN id END,
  nullif(type, ''),
  place + (
    SELECT coalesce(max(p.position), 0)
    FROM timeline_event_participant p
    WHERE p.tenant_id = $1 AND p.timeline_event_id = $2::uuid
  )
FROM unnest($3::text[], $4::text[], $5::uuid[], $6::text[]) WITH ORDINALITY given (role, subject, id, type, place)
ORDER BY place
ON CONFLICT (tenant_id, timeline_event_id, role, subject_id) DO NOTHING

-- timeline.event_added
CALL timeline_event_added($1::integer, $2::uuid, $3::uuid[], $4::uuid[])

-- Mutation.interactionSession_Create
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
WHERE t.tenant_id = $1 AND t.id = $2::uuid

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

-- then

-- timeline.lock
SELECT contacts, organizations, is_held
FROM timeline_lock($1::integer, $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::uuid[])

-- timeline_event.insert
INSERT INTO timeline_event (tenant_id, id, kind, app_source, created_at, updated_at, started_at)
VALUES (
  $1,
  $2::uuid,
  $3,
  coalesce(nullif($4, ''), 'customer-os-api'),
  coalesce($5::timestamptz, now()),
  coalesce($5::timestamptz, now()),
  CASE WHEN $3 IN ('MEETING', 'LOG_ENTRY') THEN coalesce($6::timestamptz, now()) END
)

-- interaction_session.insert
INSERT INTO interaction_session (tenant_id, id, identifier, name, status, type, channel, channel_data)
VALUES (
  $1,
  $2::uuid,
  coalesce($3::text, ''),
  coalesce($4::text, ''),
  coalesce($5::text, ''),
  coalesce($6::text, ''),
  coalesce($7::text, ''),
  coalesce($8::text, '')
)

-- timeline.event_added
CALL timeline_event_added($1::integer, $2::uuid, $3::uuid[], $4::uuid[])

-- Mutation.interactionSession_Create
SELECT NULL, t.identifier, t.name, t.type, t.app_source, t.id
FROM interaction_session_record t
WHERE t.tenant_id = $1 AND t.id = $2::uuid

-- InteractionSession.attendedBy
SELECT t.session_id,
  CASE
    WHEN t.email_id IS NOT NULL THEN 'EmailParticipant'
    WHEN t.phone_number_id IS NOT NULL THEN 'PhoneNumberParticipant'
    WHEN t.contact_id IS NOT NULL THEN 'ContactParticipant'
    WHEN t.user_id IS NOT NULL THEN 'UserParticipant'
    WHEN t.organization_id IS NOT NULL THEN 'OrganizationParticipant'
    ELSE 'JobRoleParticipant'
  END
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

-- then

-- Query.organization
SELECT NULL, t.last_touchpoint_type, t.id
FROM organization t
WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.state IN ('LIVE', 'HIDDEN')
LIMIT 1

-- Organization.timelineEvents of kinds
SELECT owner.id, e.timeline_event_id, e.kind
FROM unnest($2::uuid[]) owner (id)
CROSS JOIN LATERAL (
  SELECT k.*
  FROM unnest($5::text[]) asked (kind)
  CROSS JOIN LATERAL (
    SELECT timeline_event_id, kind, occurred_at
    FROM organization_timeline
    WHERE tenant_id = $1
      AND organization_id = owner.id
      AND kind = asked.kind
      AND occurred_at < coalesce($3::timestamptz, now() + interval '5 seconds')
    ORDER BY occurred_at DESC, timeline_event_id DESC
    LIMIT $4::bigint
  ) k
  ORDER BY occurred_at DESC, timeline_event_id DESC
  LIMIT $4::bigint
) e
ORDER BY e.occurred_at DESC, e.timeline_event_id DESC

-- Organization.timelineEvents.InteractionSession
SELECT t.id, t.name
FROM interaction_session_record t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state <> 'ARCHIVED'

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
