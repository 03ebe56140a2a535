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

-- issue.insert
INSERT INTO issue (tenant_id, id, subject, status, priority, description)
VALUES ($1, $2::uuid, coalesce($3::text, ''), coalesce($4::text, ''), coalesce($5::text, ''), coalesce($6::text, ''))

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

-- Mutation.issue_Create
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
WHERE t.tenant_id = $1 AND t.id = $2::uuid

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

-- issue.insert
INSERT INTO issue (tenant_id, id, subject, status, priority, description)
VALUES ($1, $2::uuid, coalesce($3::text, ''), coalesce($4::text, ''), coalesce($5::text, ''), coalesce($6::text, ''))

-- timeline.event_added
CALL timeline_event_added($1::integer, $2::uuid, $3::uuid[], $4::uuid[])

-- Mutation.issue_Create
SELECT NULL, t.subject, t.status, t.app_source, t.id
FROM issue_record t
WHERE t.tenant_id = $1 AND t.id = $2::uuid

-- Issue.reportedBy
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
  AND t.role = 'REPORTED_BY'
  AND coalesce(c.state, 'LIVE') IN ('LIVE', 'HIDDEN')
  AND coalesce(u.state, 'LIVE') = 'LIVE'
  AND coalesce(o.state, 'LIVE') IN ('LIVE', 'HIDDEN')
ORDER BY t.position, t.subject_id

-- then

-- Query.organization
SELECT NULL, t.id, t.last_touchpoint_at, t.last_touchpoint_type
FROM organization t
WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.state IN ('LIVE', 'HIDDEN')
LIMIT 1

-- Organization.issueSummaryByStatus
SELECT t.organization_id, t.status, t.count
FROM (
  SELECT p.tenant_id, p.organization_id, i.status, count(*) AS count
  FROM timeline_event_participant p
  JOIN issue_record i ON i.tenant_id = p.tenant_id AND i.id = p.timeline_event_id AND i.state = 'LIVE'
  WHERE p.tenant_id = $1 AND p.organization_id = ANY ($2::uuid[]) AND p.role = 'REPORTED_BY'
  GROUP BY p.tenant_id, p.organization_id, i.status
) t
WHERE t.tenant_id = $1 AND t.organization_id = ANY ($2::uuid[])
ORDER BY t.status

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
