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

-- contact.restore
UPDATE contact
SET state = CASE WHEN state = 'ARCHIVED' THEN 'LIVE' ELSE state END,
  updated_at = now(),
  state_changed_at = CASE WHEN state = 'ARCHIVED' THEN now() ELSE state_changed_at END
WHERE tenant_id = $1 AND id = $2::uuid AND state <> 'MERGED'
RETURNING id
