-- opportunity.share_tagged
SELECT id
FROM opportunity
WHERE tenant_id = $1 AND id = $2::uuid AND state = 'LIVE'
FOR SHARE
