-- Query.industries_InUse
SELECT NULL, t.code, t.name
FROM (
  SELECT DISTINCT o.tenant_id, coalesce(o.industry_code, o.industry) AS code, coalesce(i.name, o.industry) AS name
  FROM organization o
  LEFT JOIN industry i ON i.code = o.industry_code
  WHERE o.tenant_id = $1 AND o.state IN ('LIVE', 'HIDDEN') AND (o.industry <> '' OR o.industry_code IS NOT NULL)
) t
WHERE t.tenant_id = $1
ORDER BY t.name, t.code
