-- Query.organization_DistinctOwners
SELECT NULL,
  t.id,
  t.first_name,
  t.last_name,
  nullif(coalesce(nullif(t.name, ''), trim(t.first_name || ' ' || t.last_name)), '')
FROM app_user t
WHERE t.tenant_id = $1
  AND EXISTS (SELECT FROM organization o WHERE o.tenant_id = $1 AND o.owner_id = t.id AND o.state IN ('LIVE', 'HIDDEN'))
  AND t.state = 'LIVE'
ORDER BY t.first_name, t.last_name, t.name, t.id
