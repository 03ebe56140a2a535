-- Query.organization
SELECT NULL, t.last_touchpoint_id, t.last_touchpoint_at, t.last_touchpoint_type, t.id
FROM organization t
WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.state IN ('LIVE', 'HIDDEN')
LIMIT 1

-- Query.organization
SELECT NULL, t.last_touchpoint_type, t.last_touchpoint_id, t.id
FROM organization t
WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.state IN ('LIVE', 'HIDDEN')
LIMIT 1

-- Organization.lastTouchPointTimelineEvent
SELECT id, id, kind
FROM timeline_event
WHERE tenant_id = $1 AND id = ANY ($2::uuid[])

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

-- Organization.externalLinks
SELECT t.organization_id, t.system, t.synced_at, nullif(t.external_id, ''), t.external_url, t.external_source
FROM external_link t
WHERE t.tenant_id = $1
  AND t.organization_id = ANY ($2::uuid[])
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

-- Organization.inboundCommsCount
SELECT l.organization_id, count(*)
FROM organization_timeline l
WHERE l.tenant_id = $1
  AND l.organization_id = ANY ($2::uuid[])
  AND l.kind = 'INTERACTION_EVENT'
  AND NOT EXISTS (
    SELECT
    FROM timeline_event_participant p
    WHERE p.tenant_id = $1
      AND p.timeline_event_id = l.timeline_event_id
      AND p.role = 'SENT_BY'
      AND (
        p.user_id IS NOT NULL
        OR EXISTS (SELECT FROM user_email u WHERE u.tenant_id = $1 AND u.email_id = p.email_id)
      )
  )
GROUP BY l.organization_id

-- Organization.outboundCommsCount
SELECT l.organization_id, count(*)
FROM organization_timeline l
WHERE l.tenant_id = $1
  AND l.organization_id = ANY ($2::uuid[])
  AND l.kind = 'INTERACTION_EVENT'
  AND EXISTS (
    SELECT
    FROM timeline_event_participant p
    WHERE p.tenant_id = $1
      AND p.timeline_event_id = l.timeline_event_id
      AND p.role = 'SENT_BY'
      AND (
        p.user_id IS NOT NULL
        OR EXISTS (SELECT FROM user_email u WHERE u.tenant_id = $1 AND u.email_id = p.email_id)
      )
  )
GROUP BY l.organization_id

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

-- LastTouchpoint.lastTouchPointTimelineEvent
SELECT id, id, kind
FROM timeline_event
WHERE tenant_id = $1 AND id = ANY ($2::uuid[])

-- LastTouchpoint.lastTouchPointTimelineEvent
SELECT id, id, kind
FROM timeline_event
WHERE tenant_id = $1 AND id = ANY ($2::uuid[])

-- Organization.lastTouchPointTimelineEvent.InteractionEvent
SELECT t.id, t.id
FROM interaction_event_record t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state <> 'ARCHIVED'

-- LastTouchpoint.lastTouchPointTimelineEvent.InteractionEvent
SELECT t.id, t.id
FROM interaction_event_record t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state <> 'ARCHIVED'
