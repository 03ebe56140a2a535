-- Query.organizations
SELECT NULL, t.name, t.id
FROM organization t
WHERE t.tenant_id = $1 AND t.state IN ('LIVE', 'HIDDEN')
ORDER BY t.created_at, t.id
LIMIT $2
OFFSET $3

-- Query.contacts
SELECT NULL, t.name, t.id
FROM contact t
WHERE t.tenant_id = $1 AND t.state = 'LIVE' AND t.state IN ('LIVE', 'HIDDEN')
ORDER BY t.created_at, t.id
LIMIT $2
OFFSET $3

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

-- Organization.timelineEventsTotalCount
SELECT organization_id, count(*)
FROM organization_timeline
WHERE tenant_id = $1
  AND organization_id = ANY ($2::uuid[])
  AND kind IN ('INTERACTION_EVENT', 'MEETING', 'ISSUE', 'ACTION', 'LOG_ENTRY')
GROUP BY organization_id

-- Organization.timelineEvents.InteractionEvent
SELECT t.id, t.id
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
