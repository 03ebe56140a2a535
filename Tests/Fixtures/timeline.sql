-- Events of every kind, for the tenant of the setting fixture.tenant. Ids have the form 01900000-KKKK-7000-8000-NNNNNNNNNNNN as in the
-- demonstration data, with numbers from 701 on.
-- The records below say themselves when they changed.
SELECT set_config('customeros.marks', 'off', true);

CREATE FUNCTION pg_temp.tenant() RETURNS integer LANGUAGE sql STABLE AS $$ SELECT current_setting('fixture.tenant')::integer $$;
CREATE FUNCTION pg_temp.fixture_id(kind text, number bigint) RETURNS uuid LANGUAGE sql IMMUTABLE STRICT
AS $$ SELECT ('01900000-000' || kind || '-7000-8000-' || lpad(number::text, 12, '0'))::uuid $$;

INSERT INTO app_user (tenant_id, id, name, first_name, last_name, created_at, updated_at, state) VALUES
  (pg_temp.tenant(), pg_temp.fixture_id('2', 701), '', 'Ada', 'Quill', '2025-01-01T00:00Z', '2025-01-01T00:00Z', 'LIVE'),
  (pg_temp.tenant(), pg_temp.fixture_id('2', 702), 'Gone', '', '', '2025-01-01T00:00Z', '2025-01-01T00:00Z', 'ARCHIVED');
INSERT INTO organization (tenant_id, id, customer_os_id, name, state, created_at, updated_at)
SELECT pg_temp.tenant(), pg_temp.fixture_id('0', n), 'C-TIM-' || n, name, state, '2025-01-01T00:00Z', '2025-01-01T00:00Z'
FROM (VALUES (701, 'Alder', 'LIVE'), (702, 'Birch', 'LIVE'), (703, 'Cedar', 'ARCHIVED')) v (n, name, state);
INSERT INTO contact (tenant_id, id, name, first_name, last_name, state, created_at, updated_at)
SELECT pg_temp.tenant(), pg_temp.fixture_id('1', n), name, name, '', state, '2025-01-01T00:00Z', '2025-01-01T00:00Z'
FROM (VALUES (701, 'Ann', 'LIVE'), (702, 'Ben', 'LIVE'), (703, 'Cleo', 'ARCHIVED'), (704, 'Dora', 'LIVE')) v (n, name, state);
-- Ann and Cleo work for Alder, Ben for Birch, Dora for none.
INSERT INTO job_role (tenant_id, id, contact_id, organization_id, job_title, created_at, updated_at)
SELECT pg_temp.tenant(), pg_temp.fixture_id('6', n), pg_temp.fixture_id('1', c), pg_temp.fixture_id('0', o), 'Role ' || n, '2025-01-01T00:00Z', '2025-01-01T00:00Z'
FROM (VALUES (701, 701, 701), (702, 702, 702), (703, 703, 701)) v (n, c, o);
INSERT INTO email (tenant_id, id, raw_email, email)
SELECT pg_temp.tenant(), pg_temp.fixture_id('4', n), address, address
FROM (VALUES (701, 'ann@alder.example'), (702, 'ben@birch.example'), (703, 'office@alder.example'), (704, 'ada@us.example'), (705, 'stranger@x.example')) v (n, address);
INSERT INTO contact_email (tenant_id, contact_id, email_id, is_primary)
SELECT pg_temp.tenant(), pg_temp.fixture_id('1', n), pg_temp.fixture_id('4', n), true FROM generate_series(701, 702) n;
INSERT INTO organization_email (tenant_id, organization_id, email_id) VALUES (pg_temp.tenant(), pg_temp.fixture_id('0', 701), pg_temp.fixture_id('4', 703));
INSERT INTO user_email (tenant_id, user_id, email_id) VALUES (pg_temp.tenant(), pg_temp.fixture_id('2', 701), pg_temp.fixture_id('4', 704));
INSERT INTO phone_number (tenant_id, id, raw_phone_number, e164)
SELECT pg_temp.tenant(), pg_temp.fixture_id('5', n), '+442079460' || n, '+442079460' || n FROM generate_series(701, 702) n;
INSERT INTO contact_phone_number (tenant_id, contact_id, phone_number_id) VALUES (pg_temp.tenant(), pg_temp.fixture_id('1', 701), pg_temp.fixture_id('5', 701));
INSERT INTO contract (tenant_id, id, organization_id, name, created_at) VALUES (pg_temp.tenant(), pg_temp.fixture_id('d', 701), pg_temp.fixture_id('0', 701), 'Contract', '2025-01-01T00:00Z');
INSERT INTO tag (tenant_id, id, name, created_at, updated_at) VALUES
  (pg_temp.tenant(), pg_temp.fixture_id('8', 701), 'red', '2025-01-01T00:00Z', '2025-01-01T00:00Z'), (pg_temp.tenant(), pg_temp.fixture_id('8', 702), 'blue', '2025-01-01T00:00Z', '2025-01-01T00:00Z');
INSERT INTO attachment (tenant_id, id, base_path, cdn_url, file_name, mime_type, size, app_source, created_at)
SELECT pg_temp.tenant(), pg_temp.fixture_id('e', n), '/GLOBAL', 'https://cdn.example/' || n, 'file-' || n || '.txt', 'text/plain', n, 'Oasis', '2025-01-01T00:00Z' FROM generate_series(701, 703) n;

-- Each is a day older than the one before.
INSERT INTO timeline_event (tenant_id, id, kind, state, started_at, created_at, updated_at)
SELECT pg_temp.tenant(), pg_temp.fixture_id('7', n), kind, state, CASE WHEN kind IN ('MEETING', 'LOG_ENTRY', 'PAGE_VIEW') THEN at END, at, at
FROM (VALUES (701, 'ACTION', 'LIVE'), (702, 'INTERACTION_EVENT', 'LIVE'), (703, 'INTERACTION_EVENT', 'LIVE'), (704, 'INTERACTION_EVENT', 'LIVE'),
  (705, 'ISSUE', 'LIVE'), (706, 'INTERACTION_EVENT', 'LIVE'), (707, 'INTERACTION_EVENT', 'LIVE'), (708, 'LOG_ENTRY', 'LIVE'), (709, 'ISSUE', 'LIVE'),
  (710, 'MEETING', 'LIVE'), (711, 'INTERACTION_SESSION', 'LIVE'), (712, 'NOTE', 'LIVE'), (713, 'PAGE_VIEW', 'LIVE'), (714, 'MARKDOWN_EVENT', 'LIVE'),
  (715, 'INTERACTION_EVENT', 'HIDDEN'), (716, 'INTERACTION_EVENT', 'ARCHIVED'), (717, 'NOTE', 'LIVE'), (718, 'ACTION', 'LIVE')) v (n, kind, state),
  LATERAL (SELECT timestamptz '2025-06-30T12:00:00.123456Z' - (n - 701) * interval '1 day' AS at) a;
INSERT INTO timeline_event (tenant_id, id, kind, created_at, updated_at) VALUES (pg_temp.tenant(), pg_temp.fixture_id('7', 719), 'INTERACTION_EVENT', '2125-01-01T00:00Z', '2125-01-01T00:00Z');
INSERT INTO interaction_session (tenant_id, id, identifier, name, status, type, channel) VALUES (pg_temp.tenant(), pg_temp.fixture_id('7', 711), 'thread-1', 'Thread', 'ACTIVE', 'THREAD', 'EMAIL');
INSERT INTO meeting (tenant_id, id, name, ended_at, status, agenda) VALUES (pg_temp.tenant(), pg_temp.fixture_id('7', 710), 'Kick-off', '2025-06-21T13:00Z', 'ACCEPTED', 'Talk');
INSERT INTO issue (tenant_id, id, subject, status, priority, description) VALUES
  (pg_temp.tenant(), pg_temp.fixture_id('7', 705), 'Broken', 'open', 'high', 'It broke.'), (pg_temp.tenant(), pg_temp.fixture_id('7', 709), 'Slow', 'solved', '', '');
INSERT INTO interaction_event (tenant_id, id, interaction_session_id, issue_id, replies_to_id, identifier, event_type, channel, content, content_type)
SELECT pg_temp.tenant(), pg_temp.fixture_id('7', n), CASE WHEN n IN (702, 703) THEN pg_temp.fixture_id('7', 711) END, CASE WHEN n = 704 THEN pg_temp.fixture_id('7', 705) END,
  CASE WHEN n = 702 THEN pg_temp.fixture_id('7', 703) END, 'event-' || n, 'message', 'EMAIL', 'Text ' || n, 'text/plain'
FROM unnest(ARRAY[703, 702, 704, 706, 707, 715, 716, 719]) n;
INSERT INTO action (tenant_id, id, organization_id, contract_id, interaction_event_id, created_by_id, type, content, metadata)
SELECT pg_temp.tenant(), pg_temp.fixture_id('7', n), CASE WHEN o THEN pg_temp.fixture_id('0', 701) END, NULL, CASE WHEN NOT o THEN pg_temp.fixture_id('7', 702) END,
  pg_temp.fixture_id('2', 701), type, 'done', '{"status": "x"}' FROM (VALUES (701, true, 'CREATED'), (718, false, 'INTERACTION_EVENT_READ')) v (n, o, type);
INSERT INTO log_entry (tenant_id, id, organization_id, created_by_id, content, content_type) VALUES
  (pg_temp.tenant(), pg_temp.fixture_id('7', 708), pg_temp.fixture_id('0', 701), pg_temp.fixture_id('2', 701), 'Visited', 'text/plain');
INSERT INTO note (tenant_id, id, contact_id, meeting_id, created_by_id, content, content_type) VALUES
  (pg_temp.tenant(), pg_temp.fixture_id('7', 712), pg_temp.fixture_id('1', 701), NULL, pg_temp.fixture_id('2', 701), 'Nice', 'text/plain'),
  (pg_temp.tenant(), pg_temp.fixture_id('7', 717), NULL, pg_temp.fixture_id('7', 710), NULL, 'Minutes', 'text/plain');
INSERT INTO page_view (tenant_id, id, contact_id, ended_at, page_title, page_url, application, session_id, order_in_session, engaged_time) VALUES
  (pg_temp.tenant(), pg_temp.fixture_id('7', 713), pg_temp.fixture_id('1', 701), '2025-06-18T12:01Z', 'Home', 'https://us.example/', 'site', 's-1', 1, 60);
INSERT INTO markdown_event (tenant_id, id, organization_id, content) VALUES (pg_temp.tenant(), pg_temp.fixture_id('7', 714), pg_temp.fixture_id('0', 701), '# Hi');
INSERT INTO comment (tenant_id, id, issue_id, created_by_id, content, content_type, created_at, updated_at)
SELECT pg_temp.tenant(), pg_temp.fixture_id('c', n), pg_temp.fixture_id('7', 705), pg_temp.fixture_id('2', 701), 'Comment ' || n, 'text/plain', at, at
FROM (VALUES (702, timestamptz '2025-06-27T00:00Z'), (701, '2025-06-26T13:00Z')) v (n, at);
INSERT INTO action_item (tenant_id, id, interaction_event_id, content, created_at) VALUES
  (pg_temp.tenant(), pg_temp.fixture_id('c', 703), pg_temp.fixture_id('7', 702), 'Call back', '2025-06-29T12:00Z');

INSERT INTO timeline_event_participant (tenant_id, timeline_event_id, role, type, position, email_id, phone_number_id, contact_id, user_id, organization_id, job_role_id)
SELECT pg_temp.tenant(), pg_temp.fixture_id('7', n), role, type, place,
  CASE WHEN k = '4' THEN id END, CASE WHEN k = '5' THEN id END, CASE WHEN k = '1' THEN id END, CASE WHEN k = '2' THEN id END, CASE WHEN k = '0' THEN id END, CASE WHEN k = '6' THEN id END
FROM (VALUES (702, 'SENT_BY', 'FROM', 1, '4', 701), (702, 'SENT_TO', 'TO', 1, '4', 704), (702, 'SENT_TO', 'CC', 2, '5', 701), (702, 'SENT_TO', 'CC', 3, '5', 702),
  (703, 'SENT_BY', NULL, 1, '2', 701), (703, 'SENT_TO', 'TO', 1, '1', 701), (703, 'SENT_TO', 'COLLABORATOR', 2, '0', 702), (703, 'SENT_TO', 'BCC', 3, '1', 703), (703, 'SENT_TO', 'BCC', 4, '2', 702),
  (704, 'SENT_BY', 'FROM', 1, '1', 701), (704, 'SENT_TO', 'TO', 1, '4', 703),
  (705, 'REPORTED_BY', NULL, 1, '1', 701), (705, 'SUBMITTED_BY', NULL, 1, '2', 701), (705, 'ASSIGNED_TO', NULL, 1, '2', 701), (705, 'FOLLOWED_BY', NULL, 1, '1', 702),
  (705, 'FOLLOWED_BY', NULL, 2, '2', 701), (705, 'FOLLOWED_BY', NULL, 3, '0', 702), (705, 'FOLLOWED_BY', NULL, 4, '0', 703),
  (706, 'SENT_TO', NULL, 1, '0', 701), (707, 'SENT_TO', NULL, 1, '6', 701), (707, 'SENT_TO', NULL, 2, '6', 702), (709, 'REPORTED_BY', NULL, 1, '0', 701),
  (710, 'ATTENDED_BY', NULL, 1, '1', 701), (710, 'ATTENDED_BY', NULL, 2, '0', 702), (710, 'CREATED_BY', NULL, 1, '2', 701), (711, 'ATTENDED_BY', 'TO', 1, '1', 704),
  (715, 'SENT_BY', NULL, 1, '1', 701), (716, 'SENT_BY', NULL, 1, '1', 701), (719, 'SENT_BY', NULL, 1, '1', 701)) v (n, role, type, place, k, number),
  LATERAL (SELECT pg_temp.fixture_id(k, number) AS id) i;
INSERT INTO timeline_event_tag (tenant_id, timeline_event_id, tag_id, tagged_at)
SELECT pg_temp.tenant(), pg_temp.fixture_id('7', e), pg_temp.fixture_id('8', t), timestamptz '2025-06-25T00:00Z' + (t - 701) * interval '1 hour' FROM (VALUES (708, 702), (708, 701), (705, 701), (705, 702)) v (e, t);
INSERT INTO timeline_event_attachment (tenant_id, timeline_event_id, attachment_id, relation, created_at)
SELECT pg_temp.tenant(), pg_temp.fixture_id('7', e), pg_temp.fixture_id('e', a), relation, '2025-06-25T00:00Z'
FROM (VALUES (702, 701, 'INCLUDES'), (710, 701, 'INCLUDES'), (710, 702, 'RECORDING'), (712, 701, 'INCLUDES')) v (e, a, relation);
INSERT INTO external_system (tenant_id, type) VALUES (pg_temp.tenant(), 'CALCOM'), (pg_temp.tenant(), 'HUBSPOT'), (pg_temp.tenant(), 'GMAIL');
INSERT INTO external_link (tenant_id, id, system, external_id, external_url, external_source, synced_at, organization_id, timeline_event_id, comment_id)
SELECT pg_temp.tenant(), gen_random_uuid(), system, external, 'https://x.example/' || external, 'ticket', timestamptz '2025-06-25T00:00Z' + place * interval '1 hour',
  CASE WHEN k = '0' THEN id END, CASE WHEN k = '7' THEN id END, CASE WHEN k = 'c' THEN id END
FROM (VALUES ('HUBSPOT', '222', 2, '7', 702), ('HUBSPOT', '111', 1, '7', 702), ('CALCOM', '123', 1, '7', 710), ('HUBSPOT', '900', 1, '7', 705), ('GMAIL', '1', 1, '7', 708),
  ('HUBSPOT', '901', 1, '7', 708), ('HUBSPOT', 'c-1', 1, 'c', 701), ('HUBSPOT', 'o-1', 1, '0', 701)) v (system, external, place, k, number),
  LATERAL (SELECT pg_temp.fixture_id(k, number) AS id) i;

DO $$
DECLARE tenant integer := pg_temp.tenant(); everyone uuid[] := ARRAY(SELECT id FROM organization WHERE tenant_id = pg_temp.tenant()); one uuid;
BEGIN
  FOREACH one IN ARRAY everyone LOOP
    CALL timeline_refresh_organization(tenant, one);
  END LOOP;
  FOREACH one IN ARRAY ARRAY(SELECT id FROM contact WHERE tenant_id = tenant) LOOP
    CALL timeline_refresh_contact(tenant, one);
  END LOOP;
  CALL organization_touchpoint_refresh(tenant, everyone);
END $$;
