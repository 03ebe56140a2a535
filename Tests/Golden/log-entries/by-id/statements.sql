-- Query.logEntry
SELECT NULL,
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
WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.state <> 'ARCHIVED'
LIMIT 1

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

-- then

-- Query.logEntry
SELECT NULL, t.id
FROM log_entry_record t
WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.state <> 'ARCHIVED'
LIMIT 1

-- then

-- no statement

-- then

-- Query.logEntry
SELECT NULL, t.id
FROM log_entry_record t
WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.state <> 'ARCHIVED'
LIMIT 1
