-- interaction_event.relatives
SELECT (SELECT id FROM interaction_session_record WHERE tenant_id = $1 AND id = $2::uuid AND state <> 'ARCHIVED'),
  (SELECT id FROM meeting_record WHERE tenant_id = $1 AND id = $3::uuid AND state <> 'ARCHIVED'),
  (SELECT id FROM interaction_event_record WHERE tenant_id = $1 AND id = $4::uuid AND state <> 'ARCHIVED')

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

-- participant.find_phone_numbers
SELECT given.place, p.id
FROM unnest($2::text[], $3::text[], $4::text[]) WITH ORDINALITY given (line, raw, extension, place)
LEFT JOIN LATERAL (
  SELECT n.id
  FROM phone_number n
  WHERE n.tenant_id = $1
    AND (
      coalesce(n.e164, n.raw_phone_number) = given.line
      AND n.extension = given.extension
      OR n.e164 IS NULL
      AND n.raw_phone_number = given.raw
    )
  ORDER BY n.e164 IS NULL, n.created_at, n.id
  LIMIT 1
) p ON true
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

-- participant.insert_emails
INSERT INTO email (tenant_id, id, raw_email, email)
SELECT $1, id, address, fold(address)
FROM unnest($2::uuid[], $3::text[]) given (id, address)
ORDER BY fold(address), address
ON CONFLICT (tenant_id, fold(raw_email)) DO NOTHING

-- participant.insert_phone_numbers
INSERT INTO phone_number (tenant_id, id, raw_phone_number, e164, extension, country_id, validated)
SELECT $1, given.id, number, nullif(line, ''), extension, c.id, false
FROM unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[]) given (id, number, line, extension, country)
LEFT JOIN country c ON c.code_a2 = given.country
ORDER BY coalesce(nullif(line, ''), number), extension, number
ON CONFLICT (tenant_id, coalesce(e164, raw_phone_number), extension) DO NOTHING

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

-- participant.find_phone_numbers
SELECT given.place, p.id
FROM unnest($2::text[], $3::text[], $4::text[]) WITH ORDINALITY given (line, raw, extension, place)
LEFT JOIN LATERAL (
  SELECT n.id
  FROM phone_number n
  WHERE n.tenant_id = $1
    AND (
      coalesce(n.e164, n.raw_phone_number) = given.line
      AND n.extension = given.extension
      OR n.e164 IS NULL
      AND n.raw_phone_number = given.raw
    )
  ORDER BY n.e164 IS NULL, n.created_at, n.id
  LIMIT 1
) p ON true
ORDER BY given.place

-- participant.find_owned
SELECT email_id
FROM contact_email
WHERE tenant_id = $1 AND email_id = ANY ($2::uuid[])
UNION ALL
SELECT email_id
FROM organization_email
WHERE tenant_id = $1 AND email_id = ANY ($2::uuid[])
UNION ALL
SELECT phone_number_id
FROM contact_phone_number
WHERE tenant_id = $1 AND phone_number_id = ANY ($3::uuid[])
UNION ALL
SELECT phone_number_id
FROM organization_phone_number
WHERE tenant_id = $1 AND phone_number_id = ANY ($3::uuid[])

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

-- interaction_event.insert
INSERT INTO interaction_event (
  tenant_id,
  id,
  interaction_session_id,
  meeting_id,
  replies_to_id,
  identifier,
  internal_identifier,
  event_type,
  channel,
  channel_data,
  content,
  content_type
)
VALUES (
  $1,
  $2::uuid,
  $3::uuid,
  $4::uuid,
  $5::uuid,
  coalesce($6::text, ''),
  coalesce($7::text, NULL),
  coalesce($8::text, ''),
  coalesce($9::text, ''),
  coalesce($10::text, ''),
  coalesce($11::text, NULL),
  coalesce($12::text, NULL)
)

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

-- Mutation.interactionEvent_Create
SELECT NULL,
  t.id,
  t.created_at,
  nullif(t.identifier, ''),
  nullif(t.internal_identifier, ''),
  t.channel,
  t.channel_data,
  t.event_type,
  nullif(t.content, ''),
  nullif(t.content_type, ''),
  coalesce(nullif(t.source, ''), 'NA'),
  t.app_source,
  t.interaction_session_id,
  t.meeting_id,
  t.issue_id,
  t.replies_to_id
FROM interaction_event_record t
WHERE t.tenant_id = $1 AND t.id = $2::uuid

-- InteractionEvent.interactionSession
SELECT t.id, t.id, t.name
FROM interaction_session_record t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state <> 'ARCHIVED'

-- InteractionEvent.meeting
SELECT t.id, t.id
FROM meeting_record t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state <> 'ARCHIVED'

-- InteractionEvent.repliesTo
SELECT t.id, t.id, nullif(t.content, '')
FROM interaction_event_record t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state <> 'ARCHIVED'

-- InteractionEvent.sentBy
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
  t.email_id,
  t.phone_number_id,
  t.contact_id,
  t.user_id,
  t.organization_id,
  t.job_role_id
FROM timeline_event_participant t
LEFT JOIN contact c ON c.tenant_id = t.tenant_id AND c.id = t.contact_id
LEFT JOIN app_user u ON u.tenant_id = t.tenant_id AND u.id = t.user_id
LEFT JOIN organization o ON o.tenant_id = t.tenant_id AND o.id = t.organization_id
WHERE t.tenant_id = $1
  AND t.timeline_event_id = ANY ($2::uuid[])
  AND t.role = 'SENT_BY'
  AND coalesce(c.state, 'LIVE') IN ('LIVE', 'HIDDEN')
  AND coalesce(u.state, 'LIVE') = 'LIVE'
  AND coalesce(o.state, 'LIVE') IN ('LIVE', 'HIDDEN')
ORDER BY t.position, t.subject_id

-- InteractionEvent.sentTo
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
  t.email_id,
  t.phone_number_id,
  t.contact_id,
  t.user_id,
  t.organization_id,
  t.job_role_id
FROM timeline_event_participant t
LEFT JOIN contact c ON c.tenant_id = t.tenant_id AND c.id = t.contact_id
LEFT JOIN app_user u ON u.tenant_id = t.tenant_id AND u.id = t.user_id
LEFT JOIN organization o ON o.tenant_id = t.tenant_id AND o.id = t.organization_id
WHERE t.tenant_id = $1
  AND t.timeline_event_id = ANY ($2::uuid[])
  AND t.role = 'SENT_TO'
  AND coalesce(c.state, 'LIVE') IN ('LIVE', 'HIDDEN')
  AND coalesce(u.state, 'LIVE') = 'LIVE'
  AND coalesce(o.state, 'LIVE') IN ('LIVE', 'HIDDEN')
ORDER BY t.position, t.subject_id

-- InteractionEvent.includes
SELECT l.timeline_event_id, t.id, t.file_name
FROM timeline_event_attachment l
JOIN attachment t ON t.tenant_id = l.tenant_id AND t.id = l.attachment_id
WHERE l.tenant_id = $1 AND l.timeline_event_id = ANY ($2::uuid[]) AND l.relation = 'INCLUDES'
ORDER BY l.created_at, t.id

-- InteractionEvent.actions
SELECT t.interaction_event_id,
  t.id,
  t.type,
  nullif(t.content, ''),
  t.metadata::text,
  t.created_by_id,
  coalesce(nullif(t.source, ''), 'NA'),
  t.app_source,
  t.created_at
FROM action_record t
WHERE t.tenant_id = $1 AND t.interaction_event_id = ANY ($2::uuid[]) AND t.state <> 'ARCHIVED' AND t.state = 'LIVE'
ORDER BY t.created_at, t.id

-- InteractionEvent.actionItems
SELECT t.interaction_event_id, t.id, t.content, t.created_at, coalesce(nullif(t.source, ''), 'NA'), t.app_source
FROM action_item t
WHERE t.tenant_id = $1 AND t.interaction_event_id = ANY ($2::uuid[])
ORDER BY t.created_at, t.id

-- InteractionEvent.externalLinks
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

-- UserParticipant.userParticipant
SELECT t.id, t.first_name
FROM app_user t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state = 'LIVE'

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

-- then

-- Query.organization
SELECT NULL, t.id, t.last_touchpoint_at, t.last_touchpoint_type
FROM organization t
WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.state IN ('LIVE', 'HIDDEN')
LIMIT 1

-- Query.contact
SELECT NULL, t.id
FROM contact t
WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.state IN ('LIVE', 'HIDDEN')
LIMIT 1

-- Query.contact
SELECT NULL, t.id
FROM contact t
WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.state IN ('LIVE', 'HIDDEN')
LIMIT 1

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

-- Organization.timelineEvents.InteractionEvent
SELECT t.id, nullif(t.content, '')
FROM interaction_event_record t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state <> 'ARCHIVED'

-- Contact.timelineEvents.InteractionEvent
SELECT t.id, t.id
FROM interaction_event_record t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state <> 'ARCHIVED'

-- Contact.timelineEvents.Meeting
SELECT t.id, t.id
FROM meeting_record t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state <> 'ARCHIVED'

-- Contact.timelineEvents.InteractionEvent
SELECT t.id, nullif(t.content, '')
FROM interaction_event_record t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state <> 'ARCHIVED'
