-- flow.share
SELECT id
FROM flow
WHERE tenant_id = $1 AND id = $2::uuid AND status <> 'ARCHIVED'
FOR SHARE
