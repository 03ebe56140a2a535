-- Query.meeting
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
WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.state <> 'ARCHIVED'
LIMIT 1

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

-- Query.meeting
SELECT NULL, t.id
FROM meeting_record t
WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.state <> 'ARCHIVED'
LIMIT 1

-- then

-- no statement

-- then

-- Query.meeting
SELECT NULL, t.id
FROM meeting_record t
WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.state <> 'ARCHIVED'
LIMIT 1
