-- Other tenants' records, which requests of the demonstration tenant must not find, for the tenant of the setting fixture.tenant:
-- numbers from 801 on.
CREATE FUNCTION pg_temp.tenant() RETURNS integer LANGUAGE sql STABLE AS $$ SELECT current_setting('fixture.tenant')::integer $$;
CREATE FUNCTION pg_temp.fixture_id(kind text, number bigint) RETURNS uuid LANGUAGE sql IMMUTABLE STRICT
AS $$ SELECT ('01900000-000' || kind || '-7000-8000-' || lpad(number::text, 12, '0'))::uuid $$;

INSERT INTO contact (tenant_id, id, name, first_name, last_name)
SELECT pg_temp.tenant(), pg_temp.fixture_id('1', n), 'Other', 'Other', '' FROM generate_series(801, 802) n;
INSERT INTO organization (tenant_id, id, customer_os_id, name)
VALUES (pg_temp.tenant(), pg_temp.fixture_id('0', 801), 'C-OTH-801', 'Other');
INSERT INTO flow (tenant_id, id, name, nodes, edges) VALUES (pg_temp.tenant(), pg_temp.fixture_id('d', 801), 'Other', '[]', '[]');
INSERT INTO social (tenant_id, id, url, url_key, alias)
VALUES (pg_temp.tenant(), pg_temp.fixture_id('9', 802), 'https://www.linkedin.com/in/zz802', 'linkedin.com/in/zz802', 'zz802');
INSERT INTO contact_social (tenant_id, contact_id, social_id)
VALUES (pg_temp.tenant(), pg_temp.fixture_id('1', 802), pg_temp.fixture_id('9', 802));

DROP FUNCTION pg_temp.tenant();
DROP FUNCTION pg_temp.fixture_id(text, bigint);
