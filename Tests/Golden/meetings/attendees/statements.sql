-- timeline.lock
SELECT contacts, organizations, is_held
FROM timeline_lock($1::integer, $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::uuid[])

-- timeline_event.share
SELECT id
FROM timeline_event
WHERE tenant_id = $1 AND id = $2::uuid AND kind = $3 AND state <> 'ARCHIVED'
FOR KEY SHARE

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

-- timeline.event_changed
CALL timeline_event_changed($1::integer, $2::uuid, $3::uuid[], $4::uuid[])

-- Mutation.meeting_LinkAttendedBy
SELECT NULL, t.id
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

-- ContactParticipant.contactParticipant
SELECT t.id, t.name
FROM contact t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state IN ('LIVE', 'HIDDEN')

-- OrganizationParticipant.organizationParticipant
SELECT t.id, t.name
FROM organization t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state IN ('LIVE', 'HIDDEN')

-- then

-- timeline.lock
SELECT contacts, organizations, is_held
FROM timeline_lock($1::integer, $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::uuid[])

-- timeline_event.share
SELECT id
FROM timeline_event
WHERE tenant_id = $1 AND id = $2::uuid AND kind = $3 AND state <> 'ARCHIVED'
FOR KEY SHARE

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

-- timeline.event_changed
CALL timeline_event_changed($1::integer, $2::uuid, $3::uuid[], $4::uuid[])

-- Mutation.meeting_LinkAttendedBy
SELECT NULL, t.id
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

-- Query.contact
SELECT NULL, t.id
FROM contact t
WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.state IN ('LIVE', 'HIDDEN')
LIMIT 1

-- Query.organization
SELECT NULL, t.id
FROM organization t
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

-- Organization.timelineEvents
SELECT owner.id, e.timeline_event_id, e.kind
FROM unnest($2::uuid[]) owner (id)
CROSS JOIN LATERAL (
  SELECT timeline_event_id, kind, occurred_at
  FROM organization_timeline
  WHERE tenant_id = $1
    AND organization_id = owner.id
    AND kind IN ('INTERACTION_EVENT', 'MEETING', 'ISSUE', 'ACTION', 'LOG_ENTRY')
    AND occurred_at < coalesce($3::timestamptz, now() + interval '5 seconds')
  ORDER BY occurred_at DESC, timeline_event_id DESC
  LIMIT $4::bigint
) e
ORDER BY e.occurred_at DESC, e.timeline_event_id DESC

-- Contact.timelineEvents.InteractionEvent
SELECT t.id, t.id
FROM interaction_event_record t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state <> 'ARCHIVED'

-- Contact.timelineEvents.Meeting
SELECT t.id, t.id
FROM meeting_record t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state <> 'ARCHIVED'

-- Organization.timelineEvents.InteractionEvent
SELECT t.id, t.id
FROM interaction_event_record t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state <> 'ARCHIVED'

-- Organization.timelineEvents.Meeting
SELECT t.id, t.id
FROM meeting_record t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state <> 'ARCHIVED'

-- then

-- timeline.lock
SELECT contacts, organizations, is_held
FROM timeline_lock($1::integer, $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::uuid[])

-- timeline_event.share
SELECT id
FROM timeline_event
WHERE tenant_id = $1 AND id = $2::uuid AND kind = $3 AND state <> 'ARCHIVED'
FOR KEY SHARE

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

-- participant.remove
DELETE FROM timeline_event_participant
WHERE tenant_id = $1 AND timeline_event_id = $2::uuid AND role = $3 AND subject_id = $4::uuid

-- timeline.event_changed
CALL timeline_event_changed($1::integer, $2::uuid, $3::uuid[], $4::uuid[])

-- Mutation.meeting_UnlinkAttendedBy
SELECT NULL, t.id
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

-- timeline.lock
SELECT contacts, organizations, is_held
FROM timeline_lock($1::integer, $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::uuid[])

-- timeline_event.share
SELECT id
FROM timeline_event
WHERE tenant_id = $1 AND id = $2::uuid AND kind = $3 AND state <> 'ARCHIVED'
FOR KEY SHARE

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

-- participant.remove
DELETE FROM timeline_event_participant
WHERE tenant_id = $1 AND timeline_event_id = $2::uuid AND role = $3 AND subject_id = $4::uuid

-- timeline.event_changed
CALL timeline_event_changed($1::integer, $2::uuid, $3::uuid[], $4::uuid[])

-- Mutation.meeting_UnlinkAttendedBy
SELECT NULL, t.id
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

-- Query.contact
SELECT NULL, t.id
FROM contact t
WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.state IN ('LIVE', 'HIDDEN')
LIMIT 1

-- Query.organization
SELECT NULL, t.id
FROM organization t
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

-- Organization.timelineEvents
SELECT owner.id, e.timeline_event_id, e.kind
FROM unnest($2::uuid[]) owner (id)
CROSS JOIN LATERAL (
  SELECT timeline_event_id, kind, occurred_at
  FROM organization_timeline
  WHERE tenant_id = $1
    AND organization_id = owner.id
    AND kind IN ('INTERACTION_EVENT', 'MEETING', 'ISSUE', 'ACTION', 'LOG_ENTRY')
    AND occurred_at < coalesce($3::timestamptz, now() + interval '5 seconds')
  ORDER BY occurred_at DESC, timeline_event_id DESC
  LIMIT $4::bigint
) e
ORDER BY e.occurred_at DESC, e.timeline_event_id DESC

-- Contact.timelineEvents.InteractionEvent
SELECT t.id, t.id
FROM interaction_event_record t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state <> 'ARCHIVED'

-- Organization.timelineEvents.InteractionEvent
SELECT t.id, t.id
FROM interaction_event_record t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state <> 'ARCHIVED'

-- then

-- no statement

-- then

-- timeline.lock
SELECT contacts, organizations, is_held
FROM timeline_lock($1::integer, $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::uuid[])

-- timeline_event.share
SELECT id
FROM timeline_event
WHERE tenant_id = $1 AND id = $2::uuid AND kind = $3 AND state <> 'ARCHIVED'
FOR KEY SHARE

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

-- timeline_event.share
SELECT id
FROM timeline_event
WHERE tenant_id = $1 AND id = $2::uuid AND kind = $3 AND state <> 'ARCHIVED'
FOR KEY SHARE

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

-- timeline_event.share
SELECT id
FROM timeline_event
WHERE tenant_id = $1 AND id = $2::uuid AND kind = $3 AND state <> 'ARCHIVED'
FOR KEY SHARE

-- then

-- no statement

-- then

-- no statement

-- then

-- timeline.lock
SELECT contacts, organizations, is_held
FROM timeline_lock($1::integer, $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::uuid[])

-- timeline_event.share
SELECT id
FROM timeline_event
WHERE tenant_id = $1 AND id = $2::uuid AND kind = $3 AND state <> 'ARCHIVED'
FOR KEY SHARE

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

-- timeline_event.share
SELECT id
FROM timeline_event
WHERE tenant_id = $1 AND id = $2::uuid AND kind = $3 AND state <> 'ARCHIVED'
FOR KEY SHARE

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

-- timeline_event.share
SELECT id
FROM timeline_event
WHERE tenant_id = $1 AND id = $2::uuid AND kind = $3 AND state <> 'ARCHIVED'
FOR KEY SHARE

-- then

-- no statement
