-- A grant is for a person of one tenant: an address alone is the same in every tenant that has a user of that address.
ALTER TABLE workspace_access ADD user_tenant_id integer REFERENCES tenant ON DELETE CASCADE;

-- A grant whose person can only be of one tenant stays. Of the others nobody knows whom they were for.
UPDATE workspace_access w SET user_tenant_id = person.tenant_id
FROM (SELECT w.user_email, min(u.tenant_id) AS tenant_id
      FROM (SELECT DISTINCT user_email FROM workspace_access) w
      JOIN email e ON w.user_email IN (fold(e.raw_email), fold(e.email))
      JOIN user_email l ON l.tenant_id = e.tenant_id AND l.email_id = e.id
      JOIN app_user u ON u.tenant_id = l.tenant_id AND u.id = l.user_id AND u.state = 'LIVE'
      GROUP BY w.user_email HAVING count(DISTINCT u.tenant_id) = 1) person
WHERE w.user_email = person.user_email;
DO $$
DECLARE
  ended integer;
BEGIN
  DELETE FROM workspace_access WHERE user_tenant_id IS NULL;
  GET DIAGNOSTICS ended = ROW_COUNT;
  IF ended > 0 THEN
    RAISE NOTICE '% grants of tenants ended, because users of no tenant or of several have the address: give them again with admin_addWorkspaceAccess', ended;
  END IF;
END $$;

ALTER TABLE workspace_access ALTER user_tenant_id SET NOT NULL, DROP CONSTRAINT workspace_access_pkey,
  ADD PRIMARY KEY (user_tenant_id, user_email, tenant_id);
DROP INDEX workspace_access_one_current;
CREATE UNIQUE INDEX workspace_access_one_current ON workspace_access (user_tenant_id, user_email) WHERE is_current;

-- Every tenant has its row of settings.
INSERT INTO tenant_setting (tenant_id) SELECT id FROM tenant ON CONFLICT DO NOTHING;
