-- Query.organization
SELECT NULL, t.last_touchpoint_at, t.last_touchpoint_type, t.id
FROM organization t
WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.state IN ('LIVE', 'HIDDEN')
LIMIT 1

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
