-- Query.issue
SELECT NULL,
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
WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.state <> 'ARCHIVED'
LIMIT 1

-- Query.issue
SELECT NULL, t.id
FROM issue_record t
WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.state <> 'ARCHIVED'
LIMIT 1

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

-- Issue.tags
SELECT l.timeline_event_id, t.name
FROM timeline_event_tag l
JOIN tag t ON t.tenant_id = l.tenant_id AND t.id = l.tag_id
WHERE l.tenant_id = $1 AND l.timeline_event_id = ANY ($2::uuid[])
ORDER BY l.tagged_at, t.name, t.id

-- Issue.submittedBy
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
  END
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

-- OrganizationParticipant.organizationParticipant
SELECT t.id, t.name
FROM organization t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state IN ('LIVE', 'HIDDEN')

-- then

-- Query.issue
SELECT NULL, t.id
FROM issue_record t
WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.state <> 'ARCHIVED'
LIMIT 1

-- then

-- no statement

-- then

-- Query.issue
SELECT NULL, t.id
FROM issue_record t
WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.state <> 'ARCHIVED'
LIMIT 1
