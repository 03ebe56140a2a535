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

-- contact.archive
UPDATE contact
SET state = 'ARCHIVED',
  updated_at = now(),
  state_changed_at = CASE WHEN state = 'ARCHIVED' THEN state_changed_at ELSE now() END
WHERE tenant_id = $1 AND id = $2::uuid AND state <> 'MERGED'
RETURNING id
