-- contact.hide
WITH hidden AS (
  UPDATE contact
  SET state = 'HIDDEN',
    updated_at = now(),
    state_changed_at = CASE WHEN state = 'HIDDEN' THEN state_changed_at ELSE now() END
  WHERE tenant_id = $1 AND id = $2::uuid AND state IN ('LIVE', 'HIDDEN')
  RETURNING tenant_id, id
),
gone AS (DELETE FROM flow_participant p USING hidden WHERE p.tenant_id = hidden.tenant_id AND p.contact_id = hidden.id)
SELECT id
FROM hidden

-- contact.hide
WITH hidden AS (
  UPDATE contact
  SET state = 'HIDDEN',
    updated_at = now(),
    state_changed_at = CASE WHEN state = 'HIDDEN' THEN state_changed_at ELSE now() END
  WHERE tenant_id = $1 AND id = $2::uuid AND state IN ('LIVE', 'HIDDEN')
  RETURNING tenant_id, id
),
gone AS (DELETE FROM flow_participant p USING hidden WHERE p.tenant_id = hidden.tenant_id AND p.contact_id = hidden.id)
SELECT id
FROM hidden

-- then

-- Query.contact
SELECT NULL, t.name, t.state = 'HIDDEN'
FROM contact t
WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.state IN ('LIVE', 'HIDDEN')
LIMIT 1

-- Query.contacts.count
SELECT count(*)
FROM contact t
WHERE t.tenant_id = $1 AND t.state = 'LIVE' AND t.state IN ('LIVE', 'HIDDEN') AND (t.id = $2::uuid)
