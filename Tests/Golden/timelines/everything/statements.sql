-- Query.organization
SELECT NULL, t.id
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

-- Organization.timelineEventsTotalCount of kinds
SELECT organization_id, count(*)
FROM organization_timeline
WHERE tenant_id = $1 AND organization_id = ANY ($2::uuid[]) AND kind = ANY ($3::text[])
GROUP BY organization_id

-- Organization.timelineEvents.Action
SELECT t.id, t.id, t.type, nullif(t.content, ''), t.created_by_id
FROM action_record t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state <> 'ARCHIVED'

-- Organization.timelineEvents.InteractionEvent
SELECT t.id,
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
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state <> 'ARCHIVED'

-- Organization.timelineEvents.InteractionSession
SELECT t.id,
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
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state <> 'ARCHIVED'

-- Organization.timelineEvents.Issue
SELECT t.id,
  t.id,
  t.created_at,
  t.updated_at,
  t.subject,
  t.status,
  t.priority,
  t.description,
  coalesce(nullif(t.source, ''), 'NA'),
  t.app_source
FROM issue_record t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state <> 'ARCHIVED'

-- Organization.timelineEvents.LogEntry
SELECT t.id,
  t.id,
  t.content,
  t.content_type,
  t.created_at,
  t.updated_at,
  t.occurred_at,
  coalesce(nullif(t.source, ''), 'NA'),
  t.app_source,
  t.created_by_id
FROM log_entry_record t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state <> 'ARCHIVED'

-- Organization.timelineEvents.MarkdownEvent
SELECT t.id, t.id, t.created_at, t.updated_at, coalesce(nullif(t.source, ''), 'NA'), t.app_source, t.content
FROM markdown_event_record t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state <> 'ARCHIVED'

-- Organization.timelineEvents.Meeting
SELECT t.id,
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
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state <> 'ARCHIVED'

-- Organization.timelineEvents.Note
SELECT t.id,
  t.id,
  t.content,
  t.content_type,
  t.created_at,
  t.updated_at,
  coalesce(nullif(t.source, ''), 'NA'),
  t.app_source,
  t.created_by_id
FROM note_record t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state <> 'ARCHIVED'

-- Organization.timelineEvents.PageView
SELECT t.id,
  t.id,
  t.occurred_at,
  coalesce(t.ended_at, t.occurred_at),
  t.page_title,
  t.page_url,
  t.application,
  t.session_id,
  t.order_in_session,
  t.engaged_time,
  coalesce(nullif(t.source, ''), 'NA'),
  t.app_source
FROM page_view_record t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state <> 'ARCHIVED'

-- Action.createdBy
SELECT t.id, t.first_name
FROM app_user t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state = 'LIVE'

-- InteractionEvent.interactionSession
SELECT t.id, t.id, t.name
FROM interaction_session_record t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state <> 'ARCHIVED'

-- InteractionEvent.issue
SELECT t.id, t.id, t.subject
FROM issue_record t
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

-- Issue.tags
SELECT l.timeline_event_id, t.name
FROM timeline_event_tag l
JOIN tag t ON t.tenant_id = l.tenant_id AND t.id = l.tag_id
WHERE l.tenant_id = $1 AND l.timeline_event_id = ANY ($2::uuid[])
ORDER BY l.tagged_at, t.name, t.id

-- Issue.interactionEvents
SELECT t.issue_id, t.id
FROM interaction_event_record t
WHERE t.tenant_id = $1 AND t.issue_id = ANY ($2::uuid[]) AND t.state <> 'ARCHIVED' AND t.state = 'LIVE'
ORDER BY t.created_at, t.id

-- Issue.comments
SELECT t.issue_id,
  t.id,
  t.content,
  t.content_type,
  t.created_at,
  t.updated_at,
  coalesce(nullif(t.source, ''), 'NA'),
  t.app_source,
  t.created_by_id
FROM comment t
WHERE t.tenant_id = $1 AND t.issue_id = ANY ($2::uuid[])
ORDER BY t.created_at, t.id

-- Issue.submittedBy
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
  t.organization_id
FROM timeline_event_participant t
LEFT JOIN contact c ON c.tenant_id = t.tenant_id AND c.id = t.contact_id
LEFT JOIN app_user u ON u.tenant_id = t.tenant_id AND u.id = t.user_id
LEFT JOIN organization o ON o.tenant_id = t.tenant_id AND o.id = t.organization_id
WHERE t.tenant_id = $1
  AND t.timeline_event_id = ANY ($2::uuid[])
  AND t.role = 'SUBMITTED_BY'
  AND coalesce(c.state, 'LIVE') IN ('LIVE', 'HIDDEN')
  AND coalesce(u.state, 'LIVE') = 'LIVE'
  AND coalesce(o.state, 'LIVE') IN ('LIVE', 'HIDDEN')
ORDER BY t.position, t.subject_id

-- Issue.reportedBy
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
  t.organization_id
FROM timeline_event_participant t
LEFT JOIN contact c ON c.tenant_id = t.tenant_id AND c.id = t.contact_id
LEFT JOIN app_user u ON u.tenant_id = t.tenant_id AND u.id = t.user_id
LEFT JOIN organization o ON o.tenant_id = t.tenant_id AND o.id = t.organization_id
WHERE t.tenant_id = $1
  AND t.timeline_event_id = ANY ($2::uuid[])
  AND t.role = 'REPORTED_BY'
  AND coalesce(c.state, 'LIVE') IN ('LIVE', 'HIDDEN')
  AND coalesce(u.state, 'LIVE') = 'LIVE'
  AND coalesce(o.state, 'LIVE') IN ('LIVE', 'HIDDEN')
ORDER BY t.position, t.subject_id

-- Issue.assignedTo
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
  t.organization_id
FROM timeline_event_participant t
LEFT JOIN contact c ON c.tenant_id = t.tenant_id AND c.id = t.contact_id
LEFT JOIN app_user u ON u.tenant_id = t.tenant_id AND u.id = t.user_id
LEFT JOIN organization o ON o.tenant_id = t.tenant_id AND o.id = t.organization_id
WHERE t.tenant_id = $1
  AND t.timeline_event_id = ANY ($2::uuid[])
  AND t.role = 'ASSIGNED_TO'
  AND coalesce(c.state, 'LIVE') IN ('LIVE', 'HIDDEN')
  AND coalesce(u.state, 'LIVE') = 'LIVE'
  AND coalesce(o.state, 'LIVE') IN ('LIVE', 'HIDDEN')
ORDER BY t.position, t.subject_id

-- Issue.followedBy
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
  t.organization_id
FROM timeline_event_participant t
LEFT JOIN contact c ON c.tenant_id = t.tenant_id AND c.id = t.contact_id
LEFT JOIN app_user u ON u.tenant_id = t.tenant_id AND u.id = t.user_id
LEFT JOIN organization o ON o.tenant_id = t.tenant_id AND o.id = t.organization_id
WHERE t.tenant_id = $1
  AND t.timeline_event_id = ANY ($2::uuid[])
  AND t.role = 'FOLLOWED_BY'
  AND coalesce(c.state, 'LIVE') IN ('LIVE', 'HIDDEN')
  AND coalesce(u.state, 'LIVE') = 'LIVE'
  AND coalesce(o.state, 'LIVE') IN ('LIVE', 'HIDDEN')
ORDER BY t.position, t.subject_id

-- Issue.externalLinks
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

-- LogEntry.createdBy
SELECT t.id, t.first_name
FROM app_user t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state = 'LIVE'

-- LogEntry.tags
SELECT l.timeline_event_id, t.name
FROM timeline_event_tag l
JOIN tag t ON t.tenant_id = l.tenant_id AND t.id = l.tag_id
WHERE l.tenant_id = $1 AND l.timeline_event_id = ANY ($2::uuid[])
ORDER BY l.tagged_at, t.name, t.id

-- LogEntry.externalLinks
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

-- Note.createdBy
SELECT t.id, t.first_name
FROM app_user t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state = 'LIVE'

-- Note.includes
SELECT l.timeline_event_id, t.file_name
FROM timeline_event_attachment l
JOIN attachment t ON t.tenant_id = l.tenant_id AND t.id = l.attachment_id
WHERE l.tenant_id = $1 AND l.timeline_event_id = ANY ($2::uuid[]) AND l.relation = 'INCLUDES'
ORDER BY l.created_at, t.id

-- ContactParticipant.contactParticipant
SELECT t.id, t.name
FROM contact t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state IN ('LIVE', 'HIDDEN')

-- EmailParticipant.emailParticipant
SELECT t.id, coalesce(nullif(t.email, ''), t.raw_email)
FROM email t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[])

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

-- JobRoleParticipant.jobRoleParticipant
SELECT t.id, nullif(t.job_title, '')
FROM job_role t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[])

-- OrganizationParticipant.organizationParticipant
SELECT t.id, t.name
FROM organization t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state IN ('LIVE', 'HIDDEN')

-- PhoneNumberParticipant.phoneNumberParticipant
SELECT t.id, t.e164
FROM phone_number t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[])

-- Action.createdBy
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

-- UserParticipant.userParticipant
SELECT t.id, t.first_name
FROM app_user t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state = 'LIVE'

-- Comment.createdBy
SELECT t.id, t.first_name
FROM app_user t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state = 'LIVE'

-- Comment.externalLinks
SELECT t.comment_id, t.system, t.synced_at, nullif(t.external_id, ''), t.external_url, t.external_source
FROM external_link t
WHERE t.tenant_id = $1
  AND t.comment_id = ANY ($2::uuid[])
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

-- UserParticipant.userParticipant
SELECT t.id, t.first_name
FROM app_user t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state = 'LIVE'
