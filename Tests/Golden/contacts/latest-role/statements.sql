-- Query.contact
SELECT NULL,
  t.id,
  CASE
    WHEN t.enriched_at IS NOT NULL OR t.enrich_failed_at IS NOT NULL OR t.enrich_requested_at > now() - interval '1 minute' THEN t.enrich_requested_at
  END,
  t.enriched_at,
  t.enrich_failed_at
FROM contact t
WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.state IN ('LIVE', 'HIDDEN')
LIMIT 1

-- Query.contact
SELECT NULL, t.id
FROM contact t
WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.state IN ('LIVE', 'HIDDEN')
LIMIT 1

-- Contact.latestOrganizationWithJobRole
SELECT t.contact_id, t.organization_id, t.id
FROM job_role t
JOIN organization o ON o.tenant_id = t.tenant_id AND o.id = t.organization_id AND o.state IN ('LIVE', 'HIDDEN')
WHERE t.tenant_id = $1 AND t.contact_id = ANY ($2::uuid[])
ORDER BY t.ended_at DESC NULLS FIRST, t.started_at DESC NULLS LAST, t.created_at DESC, t.id DESC

-- Contact.connectedUsers
SELECT l.contact_id, nullif(coalesce(nullif(t.name, ''), trim(t.first_name || ' ' || t.last_name)), '')
FROM (
  SELECT c.tenant_id, c.contact_id, p.user_id
  FROM contact_timeline c
  JOIN timeline_event_participant p ON p.tenant_id = c.tenant_id AND p.timeline_event_id = c.timeline_event_id
  WHERE c.tenant_id = $1 AND c.contact_id = ANY ($2::uuid[]) AND p.user_id IS NOT NULL
  UNION
  SELECT c.tenant_id, c.contact_id, u.user_id
  FROM contact_timeline c
  JOIN timeline_event_participant p ON p.tenant_id = c.tenant_id AND p.timeline_event_id = c.timeline_event_id
  JOIN user_email u ON u.tenant_id = p.tenant_id AND u.email_id = p.email_id
  WHERE c.tenant_id = $1 AND c.contact_id = ANY ($2::uuid[])
) l
JOIN app_user t ON t.tenant_id = l.tenant_id AND t.id = l.user_id
WHERE l.tenant_id = $1 AND l.contact_id = ANY ($2::uuid[]) AND t.state = 'LIVE'
ORDER BY t.first_name, t.last_name, t.id

-- Contact.latestOrganizationWithJobRole
SELECT t.contact_id, t.id
FROM job_role t
JOIN organization o ON o.tenant_id = t.tenant_id AND o.id = t.organization_id AND o.state IN ('LIVE', 'HIDDEN')
WHERE t.tenant_id = $1 AND t.contact_id = ANY ($2::uuid[])
ORDER BY t.ended_at DESC NULLS FIRST, t.started_at DESC NULLS LAST, t.created_at DESC, t.id DESC

-- Contact.connectedUsers
SELECT l.contact_id, nullif(coalesce(nullif(t.name, ''), trim(t.first_name || ' ' || t.last_name)), '')
FROM (
  SELECT c.tenant_id, c.contact_id, p.user_id
  FROM contact_timeline c
  JOIN timeline_event_participant p ON p.tenant_id = c.tenant_id AND p.timeline_event_id = c.timeline_event_id
  WHERE c.tenant_id = $1 AND c.contact_id = ANY ($2::uuid[]) AND p.user_id IS NOT NULL
  UNION
  SELECT c.tenant_id, c.contact_id, u.user_id
  FROM contact_timeline c
  JOIN timeline_event_participant p ON p.tenant_id = c.tenant_id AND p.timeline_event_id = c.timeline_event_id
  JOIN user_email u ON u.tenant_id = p.tenant_id AND u.email_id = p.email_id
  WHERE c.tenant_id = $1 AND c.contact_id = ANY ($2::uuid[])
) l
JOIN app_user t ON t.tenant_id = l.tenant_id AND t.id = l.user_id
WHERE l.tenant_id = $1 AND l.contact_id = ANY ($2::uuid[]) AND t.state = 'LIVE'
ORDER BY t.first_name, t.last_name, t.id

-- OrganizationWithJobRole.organization
SELECT t.id, t.name
FROM organization t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[]) AND t.state IN ('LIVE', 'HIDDEN')

-- OrganizationWithJobRole.jobRole
SELECT t.id, nullif(t.job_title, ''), t.is_primary
FROM job_role t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[])

-- OrganizationWithJobRole.jobRole
SELECT t.id, nullif(t.job_title, '')
FROM job_role t
WHERE t.tenant_id = $1 AND t.id = ANY ($2::uuid[])
