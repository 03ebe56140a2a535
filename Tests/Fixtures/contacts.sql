-- Contacts that requests change, besides the demonstration data, for the tenant of the setting fixture.tenant: numbers from 901 on. Their
-- names come last in every order.
CREATE FUNCTION pg_temp.tenant() RETURNS integer LANGUAGE sql STABLE AS $$ SELECT current_setting('fixture.tenant')::integer $$;
CREATE FUNCTION pg_temp.fixture_id(kind text, number bigint) RETURNS uuid LANGUAGE sql IMMUTABLE STRICT
AS $$ SELECT ('01900000-000' || kind || '-7000-8000-' || lpad(number::text, 12, '0'))::uuid $$;

INSERT INTO contact (tenant_id, id, name, first_name, last_name, created_at, updated_at)
SELECT pg_temp.tenant(), pg_temp.fixture_id('1', n), 'Zz Zz' || n, 'Zz', 'Zz' || n, '2025-12-01T00:00Z', '2025-12-01T00:00Z'
FROM generate_series(901, 930) n;
INSERT INTO flow (tenant_id, id, name, nodes, edges) VALUES (pg_temp.tenant(), pg_temp.fixture_id('d', 901), 'Fixture', '[]', '[]');

-- 903 and 904 are merged into 902, and have everything that a contact can have.
UPDATE contact SET last_name = '', description = '' WHERE tenant_id = pg_temp.tenant() AND id = pg_temp.fixture_id('1', 902);
UPDATE contact SET description = 'of 903', owner_id = pg_temp.fixture_id('2', 2) WHERE tenant_id = pg_temp.tenant() AND id = pg_temp.fixture_id('1', 903);
UPDATE contact SET prefix = 'Dr', description = 'of 904' WHERE tenant_id = pg_temp.tenant() AND id = pg_temp.fixture_id('1', 904);
INSERT INTO email (tenant_id, id, raw_email, email) SELECT pg_temp.tenant(), pg_temp.fixture_id('4', n), 'zz' || n || '@fixture.example', 'zz' || n || '@fixture.example'
FROM generate_series(901, 930) n;
INSERT INTO contact_email (tenant_id, contact_id, email_id, is_primary, created_at)
SELECT pg_temp.tenant(), pg_temp.fixture_id('1', c), pg_temp.fixture_id('4', e), p, timestamptz '2025-12-01T00:00Z' + e * interval '1 second'
FROM (VALUES (903, 903, true), (903, 904, false), (904, 904, true), (911, 911, true), (912, 912, true), (913, 913, true)) link (c, e, p);
INSERT INTO phone_number (tenant_id, id, raw_phone_number, e164) SELECT pg_temp.tenant(), pg_temp.fixture_id('5', n), '+44 20 7946 0' || n - 200, '+442079460' || n - 200
FROM generate_series(901, 930) n;
INSERT INTO contact_phone_number (tenant_id, contact_id, phone_number_id, is_primary, label)
SELECT pg_temp.tenant(), pg_temp.fixture_id('1', c), pg_temp.fixture_id('5', p), true, 'MOBILE'
FROM (VALUES (902, 902), (903, 903), (904, 903), (913, 913)) link (c, p);
INSERT INTO social (tenant_id, id, url, url_key, alias)
SELECT pg_temp.tenant(), pg_temp.fixture_id('9', n), url, key, alias FROM (VALUES
  (901, 'https://linkedin.com/in/zz902', 'linkedin.com/in/zz902', 'zz902'), (902, 'https://www.linkedin.com/in/ZZ902/', 'linkedin.com/in/zz902', 'ZZ902'),
  (903, 'https://x.com/zz904', 'x.com/zz904', ''), (913, 'https://www.linkedin.com/in/zz913', 'linkedin.com/in/zz913', 'zz913')) s (n, url, key, alias);
INSERT INTO contact_social (tenant_id, contact_id, social_id)
SELECT pg_temp.tenant(), pg_temp.fixture_id('1', c), pg_temp.fixture_id('9', s) FROM (VALUES (902, 901), (903, 902), (904, 903), (913, 913)) link (c, s);
INSERT INTO contact_tag (tenant_id, contact_id, tag_id, tagged_at)
SELECT pg_temp.tenant(), pg_temp.fixture_id('1', c), pg_temp.fixture_id('8', t), '2025-12-01T00:00Z' FROM (VALUES (902, 3), (903, 3), (904, 4)) link (c, t);
INSERT INTO location (tenant_id, id, name) SELECT pg_temp.tenant(), pg_temp.fixture_id('a', n), 'Place ' || n FROM generate_series(903, 908) n;
INSERT INTO contact_location (tenant_id, contact_id, location_id)
SELECT pg_temp.tenant(), pg_temp.fixture_id('1', n), pg_temp.fixture_id('a', n) FROM generate_series(903, 908) n;
INSERT INTO job_role (tenant_id, id, contact_id, organization_id, job_title, is_primary, started_at, ended_at)
SELECT pg_temp.tenant(), pg_temp.fixture_id('6', n), pg_temp.fixture_id('1', c), pg_temp.fixture_id('0', o), title, p, timestamptz '2024-01-01T00:00Z' + n * interval '1 day', ended
FROM (VALUES (902, 902, 13, '', true, NULL), (903, 903, 13, 'Buyer', true, NULL), (904, 904, 14, 'Seller', true, NULL), (908, 908, 13, 'Deleted', true, NULL),
  (910, 910, 13, 'One', true, NULL), (911, 910, 13, 'Two', false, NULL), (912, 910, 14, 'Three', false, NULL),
  (914, 914, 13, 'Former', false, timestamptz '2025-01-01T00:00Z'), (915, 914, 14, 'Present', false, NULL)) role (n, c, o, title, p, ended);

UPDATE contact SET state = 'HIDDEN' WHERE tenant_id = pg_temp.tenant() AND id IN (pg_temp.fixture_id('1', 911), pg_temp.fixture_id('1', 913));
UPDATE contact SET state = 'ARCHIVED' WHERE tenant_id = pg_temp.tenant() AND id IN (pg_temp.fixture_id('1', 912), pg_temp.fixture_id('1', 916));
UPDATE contact SET state = 'MERGED', merged_into_id = pg_temp.fixture_id('1', 917) WHERE tenant_id = pg_temp.tenant() AND id = pg_temp.fixture_id('1', 918);
INSERT INTO calendar (tenant_id, id, user_id, type, link, is_primary, created_at, updated_at)
VALUES (pg_temp.tenant(), pg_temp.fixture_id('e', 901), pg_temp.fixture_id('2', 1), 'CALCOM', 'https://cal.com/maya', true, '2025-12-01T00:00Z', '2025-12-01T00:00Z');
INSERT INTO app_user (tenant_id, id, name, internal, bot) VALUES (pg_temp.tenant(), pg_temp.fixture_id('2', 901), 'Machine', false, true);

INSERT INTO custom_field_template (tenant_id, id, entity_type, name, type, valid_values, position, required, created_at, updated_at)
VALUES (pg_temp.tenant(), pg_temp.fixture_id('f', 901), 'CONTACT', 'Size', 'SINGLE_SELECT', '{S,"M, or L"}', 1, true, '2025-12-01T00:00Z', '2025-12-01T00:00Z');
INSERT INTO custom_field (tenant_id, id, contact_id, template_id, name, data_type, value, created_at, updated_at)
SELECT pg_temp.tenant(), pg_temp.fixture_id('f', n), pg_temp.fixture_id('1', 914), CASE n WHEN 903 THEN pg_temp.fixture_id('f', 901) END, name, type, value::jsonb,
  '2025-12-01T00:00Z', '2025-12-01T00:00Z'
FROM (VALUES (902, 'Age', 'INTEGER', '42'), (903, 'Size', 'TEXT', '"S"'), (904, 'Vip', 'BOOL', 'true')) f (n, name, type, value);

DROP FUNCTION pg_temp.tenant();
DROP FUNCTION pg_temp.fixture_id(text, bigint);
