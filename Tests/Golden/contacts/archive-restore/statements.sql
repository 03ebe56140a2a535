-- contact.archive
UPDATE contact
SET state = 'ARCHIVED',
  updated_at = now(),
  state_changed_at = CASE WHEN state = 'ARCHIVED' THEN state_changed_at ELSE now() END
WHERE tenant_id = $1 AND id = $2::uuid AND state <> 'MERGED'
RETURNING id

-- contact.archive
UPDATE contact
SET state = 'ARCHIVED',
  updated_at = now(),
  state_changed_at = CASE WHEN state = 'ARCHIVED' THEN state_changed_at ELSE now() END
WHERE tenant_id = $1 AND id = $2::uuid AND state <> 'MERGED'
RETURNING id

-- then

-- Query.contact
SELECT NULL, t.name
FROM contact t
WHERE t.tenant_id = $1 AND t.id = $2::uuid AND t.state IN ('LIVE', 'HIDDEN')
LIMIT 1

-- Query.contacts.count
SELECT count(*)
FROM contact t
WHERE t.tenant_id = $1 AND t.state = 'LIVE' AND t.state IN ('LIVE', 'HIDDEN') AND (t.id = $2::uuid)

-- then

-- contact.restore
UPDATE contact
SET state = CASE WHEN state = 'ARCHIVED' THEN 'LIVE' ELSE state END,
  updated_at = now(),
  state_changed_at = CASE WHEN state = 'ARCHIVED' THEN now() ELSE state_changed_at END
WHERE tenant_id = $1 AND id = $2::uuid AND state <> 'MERGED'
RETURNING id

-- contact.restore
UPDATE contact
SET state = CASE WHEN state = 'ARCHIVED' THEN 'LIVE' ELSE state END,
  updated_at = now(),
  state_changed_at = CASE WHEN state = 'ARCHIVED' THEN now() ELSE state_changed_at END
WHERE tenant_id = $1 AND id = $2::uuid AND state <> 'MERGED'
RETURNING id

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
