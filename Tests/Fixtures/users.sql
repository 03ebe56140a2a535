-- Two users with their addresses, and an organization with a forecast, in the tenant of the setting fixture.tenant.
CREATE FUNCTION pg_temp.users_id(kind text, number bigint) RETURNS uuid LANGUAGE sql IMMUTABLE STRICT
  AS $$ SELECT ('01900000-000' || kind || '-7000-8000-' || lpad(number::text, 12, '0'))::uuid $$;
CREATE FUNCTION pg_temp.users_tenant() RETURNS integer LANGUAGE sql STABLE AS $$ SELECT current_setting('fixture.tenant')::integer $$;
INSERT INTO app_user (tenant_id, id, name, first_name, last_name, timezone, roles) VALUES
  (pg_temp.users_tenant(), pg_temp.users_id('2', 950), 'Maya Lind', 'Maya', 'Lind', 'Europe/Stockholm', '{USER,ADMIN,OWNER}'),
  (pg_temp.users_tenant(), pg_temp.users_id('2', 951), 'Tom Tell', 'Tom', 'Tell', 'Europe/Zurich', '{USER}');
INSERT INTO email (tenant_id, id, raw_email, email) VALUES
  (pg_temp.users_tenant(), pg_temp.users_id('4', 950), 'maya@users.example', 'maya@users.example'),
  (pg_temp.users_tenant(), pg_temp.users_id('4', 951), 'tom@users.example', 'tom@users.example');
INSERT INTO user_email (tenant_id, user_id, email_id, is_primary)
SELECT pg_temp.users_tenant(), pg_temp.users_id('2', n), pg_temp.users_id('4', n), true FROM generate_series(950, 951) n;
INSERT INTO organization (tenant_id, id, customer_os_id, name, owner_id, renewal_arr) VALUES
  (pg_temp.users_tenant(), pg_temp.users_id('0', 951), 'C-USR-951', 'Owned', pg_temp.users_id('2', 950), 1200.5),
  (pg_temp.users_tenant(), pg_temp.users_id('0', 952), 'C-USR-952', 'Nobody''s', NULL, 300);
INSERT INTO contact (tenant_id, id, name, first_name, last_name) VALUES (pg_temp.users_tenant(), pg_temp.users_id('1', 951), 'Carl', 'Carl', '');
INSERT INTO location (tenant_id, id, locality, region) VALUES (pg_temp.users_tenant(), pg_temp.users_id('6', 951), 'Bergen', 'Vestland');
INSERT INTO contact_location (tenant_id, contact_id, location_id) VALUES (pg_temp.users_tenant(), pg_temp.users_id('1', 951), pg_temp.users_id('6', 951));
