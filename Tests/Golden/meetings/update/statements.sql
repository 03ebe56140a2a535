-- timeline.lock
SELECT contacts, organizations, is_held
FROM timeline_lock($1::integer, $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::uuid[])

-- meeting.update
WITH touched AS (
  UPDATE timeline_event
  SET updated_at = now(), started_at = coalesce($3::timestamptz, started_at)
  WHERE tenant_id = $1 AND id = $2::uuid AND kind = 'MEETING' AND state <> 'ARCHIVED'
  RETURNING tenant_id, id
)
UPDATE meeting
SET id = meeting.id,
  name = coalesce($4::text, meeting.name),
  ended_at = coalesce($5::timestamptz, meeting.ended_at),
  conference_url = coalesce($6::text, meeting.conference_url),
  meeting_external_url = coalesce($7::text, meeting.meeting_external_url),
  agenda = coalesce($8::text, meeting.agenda),
  agenda_content_type = coalesce($9::text, meeting.agenda_content_type),
  status = coalesce($10::text, meeting.status)
FROM touched
WHERE meeting.tenant_id = touched.tenant_id AND meeting.id = touched.id
RETURNING meeting.id

-- note.overwrite
WITH touched AS (
  UPDATE timeline_event
  SET updated_at = now()
  WHERE tenant_id = $1 AND id = $2::uuid AND kind = 'NOTE' AND state <> 'ARCHIVED'
  RETURNING tenant_id, id
)
UPDATE note n
SET id = n.id, content = coalesce($3::text, ''), content_type = coalesce($4::text, '')
FROM touched
WHERE n.tenant_id = touched.tenant_id AND n.id = touched.id AND ($5::uuid IS NULL OR n.meeting_id = $5::uuid)
RETURNING n.id

-- external_link.insert_event
WITH known AS (INSERT INTO external_system (tenant_id, type) VALUES ($1, $4) ON CONFLICT DO NOTHING)
INSERT INTO external_link (
  tenant_id,
  id,
  timeline_event_id,
  system,
  external_id,
  external_url,
  external_source,
  synced_at
)
VALUES ($1, $2::uuid, $3::uuid, $4, $5, $6, $7, coalesce($8::timestamptz, now()))
ON CONFLICT (tenant_id, system, external_id, owner_id) DO UPDATE
SET synced_at = excluded.synced_at, updated_at = now()

-- timeline.event_moved
CALL timeline_event_moved($1::integer, $2::uuid, $3::uuid[])

-- Mutation.meeting_Update
SELECT NULL,
  t.id,
  t.name,
  t.created_at,
  t.updated_at,
  t.started_at,
  t.ended_at,
  t.conference_url,
  t.meeting_external_url,
  t.agenda,
  t.agenda_content_type,
  t.status,
  coalesce(nullif(t.source, ''), 'NA'),
  t.app_source
FROM meeting_record t
WHERE t.tenant_id = $1 AND t.id = $2::uuid

-- Meeting.attendedBy
SELECT t.timeline_event_id,
  CASE
    WHEN t.email_id IS NOT NULL THEN 'EmailParticipant'
    WHEN t.phone_number_id IS NOT NULL THEN 'PhoneNumberParticipant'
    WHEN t.contact_id IS NOT NULL THEN 'ContactParticipant'
    WHEN t.user_id IS NOT NULL THEN 'UserParticipant'
    WHEN t.organization_id IS NOT NULL THEN 'OrganizationParticipant'
    ELSE 'JobRoleParticipant'
  END,
  nullif(t.type, ''),
  t.contact_id,
  t.user_id,
  t.organization_id,
  t.email_id
FROM timeline_event_participant t
LEFT JOIN contact c ON c.tenant_id = t.tenant_id AND c.id = t.contact_id
LEFT JOIN app_user u ON u.tenant_id = t.tenant_id AND u.id = t.user_id
LEFT JOIN organization o ON o.tenant_id = t.tenant_id AND o.id = t.organization_id
WHERE t.tenant_id = $1
  AND t.timeline_event_id = ANY ($2::uuid[])
  AND t.role = 'ATTENDED_BY'
  AND coalesce(c.state, 'LIVE') IN ('LIVE', 'HIDDEN')
  AND coalesce(u.state, 'LIVE') = 'LIVE'
  AND coalesce(o.state, 'LIVE') IN ('LIVE', 'HIDDEN')
ORDER BY t.position, t.subject_id

-- Meeting.createdBy
SELECT t.timeline_event_id,
  CASE
    WHEN t.email_id IS NOT NULL THEN 'EmailParticipant'
    WHEN t.phone_number_id IS NOT NULL THEN 'PhoneNumberParticipant'
    WHEN t.contact_id IS NOT NULL THEN 'ContactParticipant'
    WHEN t.user_id IS NOT NULL THEN 'UserParticipant'
    WHEN t.organization_id IS NOT NULL THEN 'OrganizationParticipant'
    ELSE 'JobRoleParticipant'
  END,
  nullif(t.type, ''),
  t.contact_id,
  t.user_id,
  t.organization_id,
  t.email_id
FROM timeline_event_participant t
LEFT JOIN contact c ON c.tenant_id = t.tenant_id AND c.id = t.contact_id
LEFT JOIN app_user u ON u.tenant_id = t.tenant_id AND u.id = t.user_id
LEFT JOIN organization o ON o.tenant_id = t.tenant_id AND o.id = t.organization_id
WHERE t.tenant_id = $1
  AND t.timeline_event_id = ANY ($2::uuid[])
  AND t.role = 'CREATED_BY'
  AND coalesce(c.state, 'LIVE') IN ('LIVE', 'HIDDEN')
  AND coalesce(u.state, 'LIVE') = 'LIVE'
  AND coalesce(o.state, 'LIVE') IN ('LIVE', 'HIDDEN')
ORDER BY t.position, t.subject_id

-- Meeting.includes
SELECT l.timeline_event_id, t.file_name
FROM timeline_event_attachment l
JOIN attachment t ON t.tenant_id = l.tenant_id AND t.id = l.attachment_id
WHERE l.tenant_id = $1 AND l.timeline_event_id = ANY ($2::uuid[]) AND l.relation = 'INCLUDES'
ORDER BY l.created_at, t.id

-- Meeting.recording
SELECT l.timeline_event_id, t.file_name
FROM timeline_event_attachment l
JOIN attachment t ON t.tenant_id = l.tenant_id AND t.id = l.attachment_id
WHERE l.tenant_id = $1 AND l.timeline_event_id = ANY ($2::uuid[]) AND l.relation = 'RECORDING'
ORDER BY l.created_at, t.id

-- Meeting.note
SELECT t.meeting_id, t.content, t.created_by_id
FROM note_record t
WHERE t.tenant_id = $1 AND t.meeting_id = ANY ($2::uuid[]) AND t.state <> 'ARCHIVED' AND t.state = 'LIVE'
ORDER BY t.created_at, t.id

-- Meeting.events
SELECT t.meeting_id, t.id
FROM interaction_event_record t
WHERE t.tenant_id = $1 AND t.meeting_id = ANY ($2::uuid[]) AND t.state <> 'ARCHIVED' AND t.state = 'LIVE'
ORDER BY t.created_at, t.id

-- Meeting.externalSystem
SELECT t.timeline_event_id, t.system, t.synced_at, nullif(t.external_id, ''), t.external_url, t.external_source
FROM external_link t
WHERE t.tenant_id = $1
  AND t.timeline_event_id = ANY ($2::uuid[])
  AND t.system IN (
    'HUBSPOT',
    'ZENDESK_SUPPORT',
    'CALCOM',
    'PIPEDRIVE',
    'SLACK',
    'INTERCOM',
    'SALESFORCE',
    'STRIPE',
    'MIXPANEL',
    'CLOSE',
    'OUTLOOK',
    'UNTHREAD',
    'ATTIO',
    'WECONNECT',
    'ZENDESK_SELL'
  )
ORDER BY t.system, t.synced_at, t.external_id, t.id

-- ContactParticipant.contactParticipant
SELECT t.id, t.name
FROM contact t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state IN ('LIVE', 'HIDDEN')

-- OrganizationParticipant.organizationParticipant
SELECT t.id, t.name
FROM organization t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state IN ('LIVE', 'HIDDEN')

-- UserParticipant.userParticipant
SELECT t.id, t.first_name
FROM app_user t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state = 'LIVE'

-- then

-- meeting.update
WITH touched AS (
  UPDATE timeline_event
  SET updated_at = now(), started_at = coalesce($3::timestamptz, started_at)
  WHERE tenant_id = $1 AND id = $2::uuid AND kind = 'MEETING' AND state <> 'ARCHIVED'
  RETURNING tenant_id, id
)
UPDATE meeting
SET id = meeting.id,
  name = coalesce($4::text, meeting.name),
  ended_at = coalesce($5::timestamptz, meeting.ended_at),
  conference_url = coalesce($6::text, meeting.conference_url),
  meeting_external_url = coalesce($7::text, meeting.meeting_external_url),
  agenda = coalesce($8::text, meeting.agenda),
  agenda_content_type = coalesce($9::text, meeting.agenda_content_type),
  status = coalesce($10::text, meeting.status)
FROM touched
WHERE meeting.tenant_id = touched.tenant_id AND meeting.id = touched.id
RETURNING meeting.id

-- Mutation.meeting_Update
SELECT NULL, t.name, t.started_at, t.status, t.agenda
FROM meeting_record t
WHERE t.tenant_id = $1 AND t.id = $2::uuid

-- then

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

-- Contact.timelineEvents.Meeting
SELECT t.id, t.id
FROM meeting_record t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state <> 'ARCHIVED'

-- then

-- meeting.update
WITH touched AS (
  UPDATE timeline_event
  SET updated_at = now(), started_at = coalesce($3::timestamptz, started_at)
  WHERE tenant_id = $1 AND id = $2::uuid AND kind = 'MEETING' AND state <> 'ARCHIVED'
  RETURNING tenant_id, id
)
UPDATE meeting
SET id = meeting.id,
  name = coalesce($4::text, meeting.name),
  ended_at = coalesce($5::timestamptz, meeting.ended_at),
  conference_url = coalesce($6::text, meeting.conference_url),
  meeting_external_url = coalesce($7::text, meeting.meeting_external_url),
  agenda = coalesce($8::text, meeting.agenda),
  agenda_content_type = coalesce($9::text, meeting.agenda_content_type),
  status = coalesce($10::text, meeting.status)
FROM touched
WHERE meeting.tenant_id = touched.tenant_id AND meeting.id = touched.id
RETURNING meeting.id

-- then

-- no statement

-- then

-- timeline.lock
SELECT contacts, organizations, is_held
FROM timeline_lock($1::integer, $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::uuid[])

-- meeting.update
WITH touched AS (
  UPDATE timeline_event
  SET updated_at = now(), started_at = coalesce($3::timestamptz, started_at)
  WHERE tenant_id = $1 AND id = $2::uuid AND kind = 'MEETING' AND state <> 'ARCHIVED'
  RETURNING tenant_id, id
)
UPDATE meeting
SET id = meeting.id,
  name = coalesce($4::text, meeting.name),
  ended_at = coalesce($5::timestamptz, meeting.ended_at),
  conference_url = coalesce($6::text, meeting.conference_url),
  meeting_external_url = coalesce($7::text, meeting.meeting_external_url),
  agenda = coalesce($8::text, meeting.agenda),
  agenda_content_type = coalesce($9::text, meeting.agenda_content_type),
  status = coalesce($10::text, meeting.status)
FROM touched
WHERE meeting.tenant_id = touched.tenant_id AND meeting.id = touched.id
RETURNING meeting.id

-- then

-- meeting.update
WITH touched AS (
  UPDATE timeline_event
  SET updated_at = now(), started_at = coalesce($3::timestamptz, started_at)
  WHERE tenant_id = $1 AND id = $2::uuid AND kind = 'MEETING' AND state <> 'ARCHIVED'
  RETURNING tenant_id, id
)
UPDATE meeting
SET id = meeting.id,
  name = coalesce($4::text, meeting.name),
  ended_at = coalesce($5::timestamptz, meeting.ended_at),
  conference_url = coalesce($6::text, meeting.conference_url),
  meeting_external_url = coalesce($7::text, meeting.meeting_external_url),
  agenda = coalesce($8::text, meeting.agenda),
  agenda_content_type = coalesce($9::text, meeting.agenda_content_type),
  status = coalesce($10::text, meeting.status)
FROM touched
WHERE meeting.tenant_id = touched.tenant_id AND meeting.id = touched.id
RETURNING meeting.id

-- note.overwrite
WITH touched AS (
  UPDATE timeline_event
  SET updated_at = now()
  WHERE tenant_id = $1 AND id = $2::uuid AND kind = 'NOTE' AND state <> 'ARCHIVED'
  RETURNING tenant_id, id
)
UPDATE note n
SET id = n.id, content = coalesce($3::text, ''), content_type = coalesce($4::text, '')
FROM touched
WHERE n.tenant_id = touched.tenant_id AND n.id = touched.id AND ($5::uuid IS NULL OR n.meeting_id = $5::uuid)
RETURNING n.id

-- then

-- Query.meeting
SELECT NULL, t.name
FROM meeting_record t
WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.state <> 'ARCHIVED'
LIMIT 1
