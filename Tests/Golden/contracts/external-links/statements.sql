-- Query.contract
SELECT NULL, t.id
FROM contract t
WHERE t.tenant_id = $1
  AND t.id = $2::uuid
  AND t.state = 'LIVE'
  AND EXISTS (
    SELECT
    FROM organization o
    WHERE o.tenant_id = t.tenant_id AND o.id = t.organization_id AND o.state IN ('LIVE', 'HIDDEN')
  )
LIMIT 1

-- Query.opportunity
SELECT NULL, t.id
FROM opportunity t
WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.state = 'LIVE' AND t.internal_stage <> 'SUSPENDED'
LIMIT 1

-- Contract.externalLinks
SELECT t.contract_id, t.system, nullif(t.external_id, '')
FROM external_link t
WHERE t.tenant_id = $1
  AND t.contract_id = ANY ($2::uuid[])
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

-- Contract.contractLineItems
SELECT t.contract_id, t.id
FROM service_line_item t
WHERE t.tenant_id = $1
  AND t.contract_id = ANY ($2::uuid[])
  AND EXISTS (
    SELECT
    FROM contract c
    WHERE c.tenant_id = t.tenant_id
      AND c.id = t.contract_id
      AND c.state = 'LIVE'
      AND EXISTS (
        SELECT
        FROM organization o
        WHERE o.tenant_id = c.tenant_id AND o.id = c.organization_id AND o.state IN ('LIVE', 'HIDDEN')
      )
  )
ORDER BY t.created_at, t.id

-- Opportunity.externalLinks
SELECT t.opportunity_id, nullif(t.external_id, '')
FROM external_link t
WHERE t.tenant_id = $1
  AND t.opportunity_id = ANY ($2::uuid[])
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

-- ServiceLineItem.externalLinks
SELECT t.service_line_item_id, nullif(t.external_id, '')
FROM external_link t
WHERE t.tenant_id = $1
  AND t.service_line_item_id = ANY ($2::uuid[])
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
