-- contact.share_tagged
SELECT id
FROM contact
WHERE tenant_id = $1 AND id = $2::uuid AND state IN ('LIVE', 'HIDDEN')
FOR SHARE
