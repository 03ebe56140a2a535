-- Query.interactionEvent
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
WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.state <> 'ARCHIVED'
LIMIT 1

-- InteractionEvent.interactionSession
SELECT t.id, t.id, t.name
FROM interaction_session_record t
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

-- EmailParticipant.emailParticipant
SELECT t.id, coalesce(nullif(t.email, ''), t.raw_email)
FROM email t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[])

-- EmailParticipant.emailParticipant
SELECT t.id, coalesce(nullif(t.email, ''), t.raw_email)
FROM email t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[])

-- PhoneNumberParticipant.phoneNumberParticipant
SELECT t.id, t.e164
FROM phone_number t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[])

-- Action.createdBy
SELECT t.id, t.first_name
FROM app_user t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state = 'LIVE'

-- then

-- Query.interactionEvent
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
WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.state <> 'ARCHIVED'
LIMIT 1

-- InteractionEvent.interactionSession
SELECT t.id, t.id, t.name
FROM interaction_session_record t
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

-- OrganizationParticipant.organizationParticipant
SELECT t.id, t.name
FROM organization t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state IN ('LIVE', 'HIDDEN')
