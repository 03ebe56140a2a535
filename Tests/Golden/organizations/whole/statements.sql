-- Query.organization
SELECT NULL,
  t.id,
  coalesce(t.renewal_arr, 0),
  coalesce(t.renewal_max_arr, 0),
  t.renewal_likelihood || '_RENEWAL',
  t.next_renewal_at,
  t.onboarding_status,
  t.onboarding_comments,
  t.onboarding_changed_at,
  t.churned_at,
  t.lifetime_value,
  t.lifetime_value_currency,
  t.last_touchpoint_at,
  t.last_touchpoint_type,
  t.last_touchpoint_id,
  CASE
    WHEN t.enriched_at IS NOT NULL OR t.enrich_failed_at IS NOT NULL OR t.enrich_requested_at > now() - interval '1 minute' THEN t.enrich_requested_at
  END,
  t.enriched_at,
  t.enrich_failed_at
FROM organization t
WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.state IN ('LIVE', 'HIDDEN')
LIMIT 1

-- Organization.suggestedMergeTo
SELECT t.organization_id, t.primary_id, t.confidence, t.suggested_at, t.suggested_by
FROM organization_suggested_merge t
JOIN organization o ON o.tenant_id = t.tenant_id AND o.id = t.primary_id AND o.state IN ('LIVE', 'HIDDEN')
WHERE t.tenant_id = $1 AND t.organization_id = ANY ($2::uuid[])
ORDER BY o.name, o.created_at, o.id

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

-- Organization.subsidiaries
SELECT t.parent_id, nullif(t.type, ''), t.subsidiary_id
FROM organization_subsidiary t
JOIN organization o ON o.tenant_id = t.tenant_id AND o.id = t.subsidiary_id
WHERE t.tenant_id = $1 AND t.parent_id = ANY ($2::uuid[]) AND o.state = 'LIVE'
ORDER BY o.name, o.created_at, o.id

-- Organization.parentCompanies
SELECT t.subsidiary_id, nullif(t.type, ''), t.parent_id
FROM organization_subsidiary t
JOIN organization o ON o.tenant_id = t.tenant_id AND o.id = t.parent_id
WHERE t.tenant_id = $1 AND t.subsidiary_id = ANY ($2::uuid[]) AND o.state IN ('LIVE', 'HIDDEN')
ORDER BY o.name, o.created_at, o.id

-- Organization.contactCount
SELECT j.organization_id, count(DISTINCT j.contact_id)
FROM job_role j
JOIN contact c ON c.tenant_id = j.tenant_id AND c.id = j.contact_id AND c.state = 'LIVE'
WHERE j.tenant_id = $1 AND j.organization_id = ANY ($2::uuid[])
GROUP BY j.organization_id

-- Organization.domains
SELECT organization_id, domain
FROM organization_domain
WHERE tenant_id = $1 AND organization_id = ANY ($2::uuid[])
ORDER BY domain

-- SuggestedMergeOrganization.organization
SELECT t.id, t.name
FROM organization t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state IN ('LIVE', 'HIDDEN')

-- LinkedOrganization.organization
SELECT t.id, t.name
FROM organization t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state IN ('LIVE', 'HIDDEN')

-- LinkedOrganization.organization
SELECT t.id, t.name
FROM organization t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state IN ('LIVE', 'HIDDEN')
