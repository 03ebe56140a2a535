-- Organizations with something in every table that refers to them, for the tenant of the setting fixture.tenant. Ids have the form
-- 01900000-KKKK-7000-8000-NNNNNNNNNNNN as in the demonstration data, with numbers from 701 on.
-- The records below say themselves when they changed.
SELECT set_config('customeros.marks', 'off', true);

CREATE FUNCTION pg_temp.tenant() RETURNS integer LANGUAGE sql STABLE AS $$ SELECT current_setting('fixture.tenant')::integer $$;
CREATE FUNCTION pg_temp.fixture_id(kind text, number bigint) RETURNS uuid LANGUAGE sql IMMUTABLE STRICT
AS $$ SELECT ('01900000-000' || kind || '-7000-8000-' || lpad(number::text, 12, '0'))::uuid $$;

INSERT INTO app_user (tenant_id, id, name, first_name, last_name, bot, created_at, updated_at) VALUES
  (pg_temp.tenant(), pg_temp.fixture_id('2', 701), '', 'Ada', 'Quill', false, '2025-01-01T00:00Z', '2025-01-01T00:00Z'),
  (pg_temp.tenant(), pg_temp.fixture_id('2', 702), 'Ben Marsh', 'Ben', 'Marsh', false, '2025-01-02T00:00Z', '2025-01-02T00:00Z'),
  (pg_temp.tenant(), pg_temp.fixture_id('2', 703), 'Machine', '', '', true, '2025-01-03T00:00Z', '2025-01-03T00:00Z');
INSERT INTO email (tenant_id, id, raw_email, email) VALUES
  (pg_temp.tenant(), pg_temp.fixture_id('4', 709), 'ada@fixture.example', 'ada@fixture.example');
INSERT INTO user_email (tenant_id, user_id, email_id) VALUES (pg_temp.tenant(), pg_temp.fixture_id('2', 701), pg_temp.fixture_id('4', 709));

INSERT INTO industry (code, name) VALUES ('251010', 'Automobile Components') ON CONFLICT DO NOTHING;
INSERT INTO organization (tenant_id, id, customer_os_id, name, website, description, industry, industry_code, relationship, stage, employees,
    owner_id, reference_id, icp_fit, state, state_changed_at, created_at, updated_at)
SELECT pg_temp.tenant(), pg_temp.fixture_id('0', n), code, name, website, description, industry, industry_code, relationship, stage, employees,
  CASE WHEN owner > 0 THEN pg_temp.fixture_id('2', owner) END, reference, fit, state, CASE WHEN state <> 'LIVE' THEN timestamptz '2025-03-01T00:00Z' END,
  timestamptz '2025-02-01T00:00Z' + (n - 700) * interval '1 day', timestamptz '2025-02-01T00:00Z' + (n - 700) * interval '1 day'
FROM (VALUES
  (701, 'C-FAA-701', 'Alder Works', 'https://alder-works.com', '', '', NULL, 'CUSTOMER', 'ONBOARDING', NULL, 0, 'REF-1', false, 'LIVE'),
  (702, 'C-FAA-702', 'Birch Works', '', 'Makes springs.', 'Car parts', '251010', 'PROSPECT', 'LEAD', 30, 701, 'REF-2', true, 'LIVE'),
  (703, 'C-FAA-703', 'Cedar Works', 'https://cedar-works.com', 'Makes screws.', 'Screws', NULL, 'PROSPECT', 'TARGET', 40, 702, '', false, 'LIVE'),
  (704, 'C-FAA-704', 'Dogwood Works', '', '', '', NULL, NULL, NULL, NULL, 0, 'REF-1', false, 'HIDDEN'),
  (705, 'C-FAA-705', 'Elm Works', '', '', '', NULL, 'PROSPECT', 'LEAD', NULL, 702, '', false, 'ARCHIVED'),
  (706, 'C-FAA-706', 'Fir Works', '', '', 'Screws', NULL, 'PROSPECT', 'LEAD', NULL, 0, '', false, 'LIVE'),
  (707, 'C-FAA-707', 'Ginkgo Works', '', '', '', NULL, 'PROSPECT', 'LEAD', NULL, 0, '', false, 'LIVE')
) v (n, code, name, website, description, industry, industry_code, relationship, stage, employees, owner, reference, fit, state);
UPDATE organization SET slack_channel_id = 'C0701', onboarding_status = 'ON_TRACK', onboarding_comments = 'Half way'
WHERE tenant_id = pg_temp.tenant() AND id = pg_temp.fixture_id('0', 701);

INSERT INTO organization_domain (tenant_id, domain, organization_id) VALUES
  (pg_temp.tenant(), 'alder-works.com', pg_temp.fixture_id('0', 701)), (pg_temp.tenant(), 'birch-works.com', pg_temp.fixture_id('0', 702)),
  (pg_temp.tenant(), 'birch-springs.com', pg_temp.fixture_id('0', 702)), (pg_temp.tenant(), 'cedar-works.com', pg_temp.fixture_id('0', 703)),
  (pg_temp.tenant(), 'dogwood-works.com', pg_temp.fixture_id('0', 704)), (pg_temp.tenant(), 'elm-works.com', pg_temp.fixture_id('0', 705));

-- 701 owns 702 and 706, 702 owns 707, 707 owns 703.
INSERT INTO organization_subsidiary (tenant_id, parent_id, subsidiary_id, type)
SELECT pg_temp.tenant(), pg_temp.fixture_id('0', parent), pg_temp.fixture_id('0', subsidiary), type
FROM (VALUES (701, 702, 'Plant'), (701, 706, ''), (702, 707, 'Shop'), (707, 703, 'Brand')) v (parent, subsidiary, type);
INSERT INTO organization_suggested_merge (tenant_id, organization_id, primary_id, confidence, suggested_by, suggested_at)
SELECT pg_temp.tenant(), pg_temp.fixture_id('0', a), pg_temp.fixture_id('0', b), confidence, 'rules', '2025-03-02T00:00Z'
FROM (VALUES (702, 701, 0.5), (702, 706, 0.7), (706, 703, 0.9), (703, 706, 0.8)) v (a, b, confidence);

INSERT INTO contact (tenant_id, id, name, first_name, last_name, created_at, updated_at)
SELECT pg_temp.tenant(), pg_temp.fixture_id('1', n), 'Person ' || n, 'Person', n::text, '2025-02-10T00:00Z', '2025-02-10T00:00Z' FROM generate_series(701, 703) n;
INSERT INTO job_role (tenant_id, id, contact_id, organization_id, job_title, is_primary, created_at, updated_at)
SELECT pg_temp.tenant(), pg_temp.fixture_id('6', n), pg_temp.fixture_id('1', contact), pg_temp.fixture_id('0', organization), title, main, '2025-02-11T00:00Z', '2025-02-11T00:00Z'
FROM (VALUES (701, 701, 701, 'Buyer', true), (702, 701, 702, 'Adviser', false), (703, 702, 702, 'Smith', true), (704, 703, 703, 'Clerk', true)) v (n, contact, organization, title, main);

INSERT INTO email (tenant_id, id, raw_email, email)
SELECT pg_temp.tenant(), pg_temp.fixture_id('4', n), 'office-' || n || '@fixture.example', 'office-' || n || '@fixture.example' FROM generate_series(701, 703) n;
INSERT INTO organization_email (tenant_id, organization_id, email_id, is_primary, label)
SELECT pg_temp.tenant(), pg_temp.fixture_id('0', o), pg_temp.fixture_id('4', e), main, label
FROM (VALUES (701, 701, true, 'MAIN'), (702, 701, true, 'WORK'), (702, 702, false, 'WORK'), (703, 703, true, NULL)) v (o, e, main, label);
INSERT INTO phone_number (tenant_id, id, raw_phone_number, e164)
SELECT pg_temp.tenant(), pg_temp.fixture_id('5', n), '+4930100' || n, '+4930100' || n FROM generate_series(701, 702) n;
INSERT INTO organization_phone_number (tenant_id, organization_id, phone_number_id, is_primary, label)
SELECT pg_temp.tenant(), pg_temp.fixture_id('0', o), pg_temp.fixture_id('5', p), main, 'WORK' FROM (VALUES (702, 701, true), (703, 701, true), (703, 702, false)) v (o, p, main);
INSERT INTO location (tenant_id, id, name) SELECT pg_temp.tenant(), pg_temp.fixture_id('a', n), 'Place ' || n FROM generate_series(701, 702) n;
INSERT INTO organization_location (tenant_id, organization_id, location_id)
SELECT pg_temp.tenant(), pg_temp.fixture_id('0', o), pg_temp.fixture_id('a', l) FROM (VALUES (702, 701), (703, 701), (703, 702)) v (o, l);
INSERT INTO social (tenant_id, id, url, url_key, alias)
SELECT pg_temp.tenant(), pg_temp.fixture_id('9', n), 'https://www.linkedin.com/company/' || alias, 'linkedin.com/company/' || alias, alias
FROM (VALUES (701, 'alder-works'), (702, 'birch-works'), (703, 'alder-works'), (704, 'birch-works')) v (n, alias);
INSERT INTO organization_social (tenant_id, organization_id, social_id)
SELECT pg_temp.tenant(), pg_temp.fixture_id('0', o), pg_temp.fixture_id('9', s) FROM (VALUES (701, 701), (702, 702), (702, 703), (703, 704)) v (o, s);
INSERT INTO tag (tenant_id, id, name) SELECT pg_temp.tenant(), pg_temp.fixture_id('8', n), 'Tag ' || n FROM generate_series(701, 702) n;
INSERT INTO organization_tag (tenant_id, organization_id, tag_id, tagged_at)
SELECT pg_temp.tenant(), pg_temp.fixture_id('0', o), pg_temp.fixture_id('8', t), at
FROM (VALUES (701, 701, timestamptz '2025-02-20T00:00Z'), (702, 701, '2025-02-19T00:00Z'), (702, 702, '2025-02-18T00:00Z'), (703, 702, '2025-02-17T00:00Z')) v (o, t, at);

INSERT INTO contract (tenant_id, id, organization_id, name, status, currency, lifetime_value, created_at)
SELECT pg_temp.tenant(), pg_temp.fixture_id('d', n), pg_temp.fixture_id('0', o), 'Contract ' || n, 'LIVE', 'EUR', value, '2025-02-12T00:00Z' FROM (VALUES (702, 702, 1000.5), (703, 703, 200)) v (n, o, value);
INSERT INTO opportunity (tenant_id, id, organization_id, contract_id, name, internal_type, amount, max_amount, renewed_at, renewal_likelihood, created_at)
SELECT pg_temp.tenant(), pg_temp.fixture_id('3', n), pg_temp.fixture_id('0', o), CASE WHEN c > 0 THEN pg_temp.fixture_id('d', c) END, 'Opportunity ' || n, type, amount, most,
  CASE WHEN c > 0 THEN timestamptz '2031-01-01T00:00Z' + (n - 700) * interval '1 day' END, likelihood, timestamptz '2025-02-13T00:00Z' + (n - 700) * interval '1 hour'
FROM (VALUES (701, 702, 0, 'NBO', 5, 5, NULL), (702, 702, 702, 'RENEWAL', 100.5, 200, 'HIGH'), (703, 703, 703, 'RENEWAL', 50, 60, 'LOW')) v (n, o, c, type, amount, most, likelihood);
INSERT INTO billing_profile (tenant_id, id, organization_id) VALUES (pg_temp.tenant(), pg_temp.fixture_id('e', 702), pg_temp.fixture_id('0', 702));
INSERT INTO reminder (tenant_id, id, organization_id, user_id, content, due_at)
VALUES (pg_temp.tenant(), pg_temp.fixture_id('f', 702), pg_temp.fixture_id('0', 702), pg_temp.fixture_id('2', 701), 'Call', '2025-04-01T00:00Z');

INSERT INTO timeline_event (tenant_id, id, kind, created_at, updated_at)
SELECT pg_temp.tenant(), pg_temp.fixture_id('7', n), kind, at, at + changed FROM (VALUES
  (701, 'ACTION', timestamptz '2025-02-02T00:00Z', interval '0'), (702, 'ACTION', '2025-02-03T00:00Z', '0'), (703, 'ACTION', '2025-02-04T00:00Z', '0'),
  (704, 'ACTION', '2025-02-21T00:00Z', '0'), (705, 'LOG_ENTRY', '2025-02-14T00:00Z', '0'), (706, 'NOTE', '2025-02-15T00:00Z', '0'),
  (707, 'MARKDOWN_EVENT', '2025-02-16T00:00Z', '0'), (708, 'ISSUE', '2025-02-20T00:00Z', '0'), (709, 'INTERACTION_EVENT', '2025-02-18T00:00Z', '0'),
  (710, 'INTERACTION_EVENT', '2025-02-19T00:00Z', '0'), (711, 'MEETING', '2035-01-01T00:00Z', '0')) v (n, kind, at, changed);
INSERT INTO action (tenant_id, id, organization_id, type)
SELECT pg_temp.tenant(), pg_temp.fixture_id('7', n), pg_temp.fixture_id('0', o), type
FROM (VALUES (701, 701, 'CREATED'), (702, 702, 'CREATED'), (703, 703, 'CREATED'), (704, 702, 'ONBOARDING_STATUS_CHANGED')) v (n, o, type);
INSERT INTO log_entry (tenant_id, id, organization_id, content) VALUES (pg_temp.tenant(), pg_temp.fixture_id('7', 705), pg_temp.fixture_id('0', 702), 'Visited');
INSERT INTO note (tenant_id, id, organization_id, content) VALUES (pg_temp.tenant(), pg_temp.fixture_id('7', 706), pg_temp.fixture_id('0', 703), 'Nice');
INSERT INTO markdown_event (tenant_id, id, organization_id, content) VALUES (pg_temp.tenant(), pg_temp.fixture_id('7', 707), pg_temp.fixture_id('0', 703), '# Hi');
INSERT INTO issue (tenant_id, id, subject, status) VALUES (pg_temp.tenant(), pg_temp.fixture_id('7', 708), 'Broken', 'open');
INSERT INTO interaction_event (tenant_id, id, channel) VALUES (pg_temp.tenant(), pg_temp.fixture_id('7', 709), 'EMAIL'), (pg_temp.tenant(), pg_temp.fixture_id('7', 710), 'EMAIL');
INSERT INTO meeting (tenant_id, id, name) VALUES (pg_temp.tenant(), pg_temp.fixture_id('7', 711), 'In ten years');
INSERT INTO timeline_event_participant (tenant_id, timeline_event_id, role, organization_id) VALUES
  (pg_temp.tenant(), pg_temp.fixture_id('7', 708), 'REPORTED_BY', pg_temp.fixture_id('0', 702)),
  (pg_temp.tenant(), pg_temp.fixture_id('7', 708), 'ASSIGNED_TO', pg_temp.fixture_id('0', 702)),
  (pg_temp.tenant(), pg_temp.fixture_id('7', 708), 'ASSIGNED_TO', pg_temp.fixture_id('0', 703)),
  (pg_temp.tenant(), pg_temp.fixture_id('7', 709), 'SENT_TO', pg_temp.fixture_id('0', 702)),
  (pg_temp.tenant(), pg_temp.fixture_id('7', 710), 'SENT_BY', pg_temp.fixture_id('0', 701));
INSERT INTO timeline_event_participant (tenant_id, timeline_event_id, role, email_id) VALUES
  (pg_temp.tenant(), pg_temp.fixture_id('7', 709), 'SENT_BY', pg_temp.fixture_id('4', 709));
INSERT INTO timeline_event_participant (tenant_id, timeline_event_id, role, contact_id) VALUES
  (pg_temp.tenant(), pg_temp.fixture_id('7', 711), 'ATTENDED_BY', pg_temp.fixture_id('1', 703));

INSERT INTO custom_field (tenant_id, id, organization_id, name, data_type, value) VALUES
  (pg_temp.tenant(), gen_random_uuid(), pg_temp.fixture_id('0', 701), 'Colour', 'TEXT', '"red"'), (pg_temp.tenant(), gen_random_uuid(), pg_temp.fixture_id('0', 702), 'Colour', 'TEXT', '"blue"'),
  (pg_temp.tenant(), gen_random_uuid(), pg_temp.fixture_id('0', 702), 'Size', 'INTEGER', '4'), (pg_temp.tenant(), gen_random_uuid(), pg_temp.fixture_id('0', 703), 'Size', 'INTEGER', '5');
INSERT INTO external_system (tenant_id, type) VALUES (pg_temp.tenant(), 'HUBSPOT');
INSERT INTO external_link (tenant_id, id, system, external_id, organization_id) VALUES
  (pg_temp.tenant(), gen_random_uuid(), 'HUBSPOT', 'h-1', pg_temp.fixture_id('0', 701)), (pg_temp.tenant(), gen_random_uuid(), 'HUBSPOT', 'h-1', pg_temp.fixture_id('0', 702)),
  (pg_temp.tenant(), gen_random_uuid(), 'HUBSPOT', 'h-2', pg_temp.fixture_id('0', 703));
INSERT INTO import_key (tenant_id, kind, external_id, organization_id)
  SELECT pg_temp.tenant(), 'organization', 'key ' || n, pg_temp.fixture_id('0', n) FROM generate_series(701, 703) n;

DO $$
DECLARE tenant integer := pg_temp.tenant(); everyone uuid[] := ARRAY(SELECT id FROM organization WHERE tenant_id = pg_temp.tenant()); one uuid;
BEGIN
  FOREACH one IN ARRAY everyone LOOP
    CALL timeline_refresh_organization(tenant, one);
  END LOOP;
  CALL organization_touchpoint_refresh(tenant, everyone);
  CALL renewal_refresh(tenant, everyone);
END $$;
