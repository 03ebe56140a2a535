-- organization.lock_onboarding
SELECT onboarding_status
FROM organization
WHERE tenant_id = $1 AND id = $2::uuid AND state IN ('LIVE', 'HIDDEN')
FOR NO KEY UPDATE

-- organization.update_onboarding
UPDATE organization
SET onboarding_status = $3, onboarding_comments = $4, onboarding_changed_at = now(), updated_at = now()
WHERE tenant_id = $1 AND id = $2::uuid

-- organization.onboarding_changed
WITH event AS (INSERT INTO timeline_event (tenant_id, id, kind) VALUES ($1, $3::uuid, 'ACTION') RETURNING *),
change AS (
  INSERT INTO action (tenant_id, id, organization_id, created_by_id, type, content, metadata)
  SELECT event.tenant_id,
    event.id,
    $2::uuid,
    u.id,
    'ONBOARDING_STATUS_CHANGED',
    CASE
      WHEN u.id IS NULL THEN 'The onboarding status was automatically set to '
      ELSE coalesce(nullif(u.name, ''), trim(u.first_name || ' ' || u.last_name)) || ' changed the onboarding status to '
    END || $7,
    jsonb_build_object('status', $5::text, 'comments', $6::text, 'userId', coalesce(u.id::text, ''), 'contractId', '')
  FROM event
  LEFT JOIN app_user u ON u.tenant_id = event.tenant_id AND u.id = $4::uuid
)
INSERT INTO organization_timeline (tenant_id, timeline_event_id, organization_id, kind, occurred_at)
SELECT tenant_id, id, $2::uuid, kind, occurred_at
FROM event

-- Mutation.organization_UpdateOnboardingStatus
SELECT NULL, t.onboarding_status, t.onboarding_comments, t.onboarding_changed_at
FROM organization t
WHERE t.tenant_id = $1 AND t.id = $2::uuid

-- organization.lock_onboarding
SELECT onboarding_status
FROM organization
WHERE tenant_id = $1 AND id = $2::uuid AND state IN ('LIVE', 'HIDDEN')
FOR NO KEY UPDATE

-- organization.update_onboarding
UPDATE organization
SET onboarding_status = $3, onboarding_comments = $4, onboarding_changed_at = now(), updated_at = now()
WHERE tenant_id = $1 AND id = $2::uuid

-- Mutation.organization_UpdateOnboardingStatus
SELECT NULL, t.onboarding_status, t.onboarding_comments, t.onboarding_changed_at
FROM organization t
WHERE t.tenant_id = $1 AND t.id = $2::uuid
