-- app_user.owner
SELECT id
FROM app_user
WHERE tenant_id = $1 AND id = $2::uuid AND state = 'LIVE' AND NOT internal AND NOT bot
FOR KEY SHARE

-- then

-- Query.organizations.count
SELECT coalesce(sum(count), 0)
FROM kept_count_now
WHERE tenant_id = $1 AND subject = 'organization' AND state IN ('LIVE', 'HIDDEN')
