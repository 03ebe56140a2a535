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

-- timeline.event_added
CALL timeline_event_added($1::integer, $2::uuid, $3::uuid[], $4::uuid[])

-- Mutation.interactionEvent_Create
SELECT NULL,
  t.created_at,
  t.app_source,
  t.channel,
  t.channel_data,
  t.event_type,
  nullif(t.content, ''),
  nullif(t.content_type, ''),
  nullif(t.identifier, ''),
  t.id
FROM interaction_event_record t
WHERE t.tenant_id = $1 AND t.id = $2::uuid

-- InteractionEvent.sentBy
SELECT t.timeline_event_id,
  CASE
    WHEN t.email_id IS NOT NULL THEN 'EmailParticipant'
    WHEN t.phone_number_id IS NOT NULL THEN 'PhoneNumberParticipant'
    WHEN t.contact_id IS NOT NULL THEN 'ContactParticipant'
    WHEN t.user_id IS NOT NULL THEN 'UserParticipant'
    WHEN t.organization_id IS NOT NULL THEN 'OrganizationParticipant'
    ELSE 'JobRoleParticipant'
  END
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
