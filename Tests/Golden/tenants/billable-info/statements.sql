-- Query.billableInfo
SELECT NULL,
  coalesce(
    (
      SELECT n.count
      FROM kept_count_now n
      WHERE n.tenant_id = $1::integer AND n.subject = 'organization' AND n.state = 'LIVE'
    ),
    0
  ),
  (
    SELECT count(*)
    FROM contact c
    WHERE c.tenant_id = $1::integer
      AND c.state = 'LIVE'
      AND EXISTS (
        SELECT
        FROM job_role r
        JOIN organization o ON o.tenant_id = r.tenant_id AND o.id = r.organization_id AND o.state = 'LIVE'
        WHERE r.tenant_id = $1::integer AND r.contact_id = c.id
      )
  ),
  coalesce(
    (
      SELECT n.count
      FROM kept_count_now n
      WHERE n.tenant_id = $1::integer AND n.subject = 'organization' AND n.state = 'HIDDEN'
    ),
    0
  ),
  (
    SELECT count(*)
    FROM contact c
    WHERE c.tenant_id = $1::integer
      AND c.state = 'LIVE'
      AND EXISTS (
        SELECT
        FROM job_role r
        JOIN organization o ON o.tenant_id = r.tenant_id AND o.id = r.organization_id AND o.state = 'HIDDEN'
        WHERE r.tenant_id = $1::integer AND r.contact_id = c.id
      )
  )
FROM tenant t
WHERE t.id = $1::integer
