-- timeline_event.share_tagged
SELECT id
FROM timeline_event
WHERE tenant_id = $1 AND id = $2::uuid AND kind = 'LOG_ENTRY' AND state <> 'ARCHIVED'
FOR SHARE
