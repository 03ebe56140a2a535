-- Demonstration data for the tenant of the setting customeros.tenant_id. Every id has the form 01900000-KKKK-7000-8000-NNNNNNNNNNNN,
-- where K is the kind (0 organization, 1 contact, 2 user, 3 opportunity, 4 e-mail, 5 phone number, 6 job role, 7 interaction event,
-- 8 tag, 9 social profile, a location, b stage, c action, d contract and service, e version of a service, f product and what is needed to bill) and N a
-- decimal number.
-- The records below say themselves when they changed.
SELECT set_config('customeros.marks', 'off', true);

CREATE FUNCTION pg_temp.demo_tenant() RETURNS integer LANGUAGE sql STABLE AS $$ SELECT current_setting('customeros.tenant_id')::integer $$;
CREATE FUNCTION pg_temp.demo_id(kind text, number bigint) RETURNS uuid LANGUAGE sql IMMUTABLE STRICT
AS $$ SELECT ('01900000-000' || kind || '-7000-8000-' || lpad(number::text, 12, '0'))::uuid $$;

INSERT INTO tenant_setting (tenant_id, workspace_name) VALUES (pg_temp.demo_tenant(), 'Demonstration');

INSERT INTO opportunity_stage (tenant_id, id, value, position, label, visible, likelihood_rate)
SELECT pg_temp.demo_tenant(), pg_temp.demo_id('b', n), 'STAGE' || n, n, coalesce((ARRAY['Identified', 'Qualified', 'Committed'])[n], 'Stage ' || n), n <= 3, 0
FROM generate_series(1, 10) n;

INSERT INTO app_user (tenant_id, id, name, first_name, last_name, timezone, roles, created_at, updated_at) VALUES
  (pg_temp.demo_tenant(), pg_temp.demo_id('2', 1), 'Maya Lindqvist', 'Maya', 'Lindqvist', 'Europe/Stockholm', '{USER,ADMIN,OWNER}', '2025-01-06T08:00Z', '2025-01-06T08:00Z'),
  (pg_temp.demo_tenant(), pg_temp.demo_id('2', 2), 'Tom Okafor', 'Tom', 'Okafor', 'Europe/London', '{USER}', '2025-01-07T09:30Z', '2025-01-07T09:30Z');

INSERT INTO organization (tenant_id, id, customer_os_id, name, website, description, industry, relationship, stage, stage_changed_at, employees, year_founded,
  market, headquarters, lead_source, icp_fit, is_public, last_funding_round, owner_id, reference_id, created_at, updated_at)
SELECT pg_temp.demo_tenant(), pg_temp.demo_id('0', n), code, name, 'https://' || domain, description, industry, relationship, stage, made + interval '9 days',
  employees, founded, market, headquarters, source, fit, false, round, pg_temp.demo_id('2', 1 + n % 2), 'CRM-' || (1000 + n), made, made + interval '9 days'
FROM (SELECT v.*, timestamptz '2025-02-03T10:00Z' + n * interval '5 days 37 minutes' AS made FROM (VALUES
  (1, 'C-ACM-001', 'Acme Instruments', 'acme-instruments.example', 'Measuring instruments for laboratories.', 'Electronic Equipment', 'CUSTOMER', 'INITIAL_VALUE', 420, 1987, 'B2B', 'Rotterdam', 'Referral', true, NULL),
  (2, 'C-BLU-002', 'Bluefin Logistics', 'bluefin-logistics.example', 'Refrigerated transport in northern Europe.', 'Air Freight & Logistics', 'CUSTOMER', 'RECURRING_VALUE', 1150, 1999, 'B2B', 'Bergen', 'Trade fair', true, NULL),
  (3, 'C-CED-003', 'Cedar Analytics', 'cedar-analytics.example', 'Forecasts for retailers.', 'Application Software', 'PROSPECT', 'ENGAGED', 64, 2019, 'B2B', 'Lisbon', 'Website', true, 'SERIES_A'),
  (4, 'C-DEL-004', 'Delta Robotics', 'delta-robotics.example', 'Grippers for small factories.', 'Industrial Machinery', 'PROSPECT', 'TRIAL', 180, 2014, 'B2B', 'Stuttgart', 'Outbound', true, 'SERIES_B'),
  (5, 'C-EVR-005', 'Evergreen Foods', 'evergreen-foods.example', 'Plant-based groceries.', 'Packaged Foods', 'CUSTOMER', 'MAX_VALUE', 900, 2006, 'B2C', 'Dublin', 'Referral', false, NULL),
  (6, 'C-FOX-006', 'Foxglove Health', 'foxglove-health.example', 'Appointments for clinics.', 'Health Care Technology', 'PROSPECT', 'TARGET', 75, 2020, 'B2B2C', 'Leeds', 'Outbound', true, 'SEED'),
  (7, 'C-GRA-007', 'Granite Bank', 'granite-bank.example', 'A bank for cooperatives.', 'Regional Banks', 'PROSPECT', 'EVALUATION', 2300, 1921, 'B2B', 'Zurich', 'Partner', true, NULL),
  (8, 'C-HAR-008', 'Harbour Studio', 'harbour-studio.example', 'Brand design.', 'Advertising', 'FORMER_CUSTOMER', 'TARGET', 22, 2016, 'B2B', 'Gdansk', 'Website', false, NULL),
  (9, 'C-IND-009', 'Indigo Mobility', 'indigo-mobility.example', 'Shared electric bicycles.', 'Passenger Ground Transportation', 'PROSPECT', 'LEAD', 310, 2018, 'B2C', 'Lyon', 'Website', false, 'SERIES_C'),
  (10, 'C-JUN-010', 'Juniper Learning', 'juniper-learning.example', 'Courses for trades.', 'Education Services', 'CUSTOMER', 'ONBOARDING', 130, 2011, 'B2B2C', 'Tallinn', 'Referral', true, 'SERIES_A'),
  (11, 'C-KES-011', 'Kestrel Energy', 'kestrel-energy.example', 'Operates wind farms.', 'Renewable Electricity', 'PROSPECT', 'INTERESTED', 540, 2009, 'B2B', 'Aarhus', 'Trade fair', true, NULL),
  (12, 'C-LUM-012', 'Lumen Market', 'lumen-market.example', 'Where lighting designers meet makers.', 'Internet Retail', 'PROSPECT', 'READY_TO_BUY', 48, 2021, 'MARKETPLACE', 'Milan', 'Partner', true, 'PRE_SEED'),
  (13, 'C-MER-013', 'Meridian Press', 'meridian-press.example', 'Textbooks and maps.', 'Publishing', 'NOT_A_FIT', 'NOT_A_FIT', 95, 1974, 'B2C', 'Edinburgh', 'Outbound', false, NULL),
  (14, 'C-NOR-014', 'Northwind Benelux', 'northwind-benelux.example', 'Spare parts for measuring instruments.', 'Trading Companies', 'CUSTOMER', 'INITIAL_VALUE', 35, 2012, 'B2B', 'Antwerp', 'Referral', false, NULL)
) v (n, code, name, domain, description, industry, relationship, stage, employees, founded, market, headquarters, source, fit, round)) row;

INSERT INTO organization_domain (tenant_id, domain, organization_id)
SELECT tenant_id, substr(website, 9), id FROM organization WHERE tenant_id = pg_temp.demo_tenant();

INSERT INTO organization_subsidiary (tenant_id, parent_id, subsidiary_id, type) VALUES (pg_temp.demo_tenant(), pg_temp.demo_id('0', 1), pg_temp.demo_id('0', 14), 'Subsidiary');

INSERT INTO social (tenant_id, id, url, url_key, alias, followers_count)
SELECT tenant_id, pg_temp.demo_id('9', n), 'https://www.linkedin.com/company/' || slug, 'linkedin.com/company/' || slug, slug, 150 * n
FROM (SELECT tenant_id, split_part(substr(website, 9), '.', 1) AS slug, right(id::text, 12)::bigint AS n FROM organization WHERE tenant_id = pg_temp.demo_tenant()) row WHERE n <= 8;
INSERT INTO organization_social (tenant_id, organization_id, social_id)
SELECT pg_temp.demo_tenant(), pg_temp.demo_id('0', n), pg_temp.demo_id('9', n) FROM generate_series(1, 8) n;

INSERT INTO location (tenant_id, id, name, country, country_code_a2, country_code_a3, locality, postal_code, time_zone, commercial)
SELECT pg_temp.demo_tenant(), pg_temp.demo_id('a', n), 'Head office', country, a2, a3, locality, code, zone, true FROM (VALUES
  (1, 'Netherlands', 'NL', 'NLD', 'Rotterdam', '3011 AA', 'Europe/Amsterdam'), (2, 'Norway', 'NO', 'NOR', 'Bergen', '5003', 'Europe/Oslo'),
  (3, 'Portugal', 'PT', 'PRT', 'Lisbon', '1100-148', 'Europe/Lisbon'), (4, 'Germany', 'DE', 'DEU', 'Stuttgart', '70173', 'Europe/Berlin'),
  (5, 'Ireland', 'IE', 'IRL', 'Dublin', 'D02 X285', 'Europe/Dublin')) v (n, country, a2, a3, locality, code, zone);
INSERT INTO organization_location (tenant_id, organization_id, location_id)
SELECT pg_temp.demo_tenant(), pg_temp.demo_id('0', n), pg_temp.demo_id('a', n) FROM generate_series(1, 5) n;

INSERT INTO tag (tenant_id, id, name, color_code, entity_type) VALUES
  (pg_temp.demo_tenant(), pg_temp.demo_id('8', 1), 'Strategic', '#1f6feb', 'ORGANIZATION'), (pg_temp.demo_tenant(), pg_temp.demo_id('8', 2), 'Europe', '#2da44e', 'ORGANIZATION'),
  (pg_temp.demo_tenant(), pg_temp.demo_id('8', 3), 'Decision maker', '#bf8700', 'CONTACT'), (pg_temp.demo_tenant(), pg_temp.demo_id('8', 4), 'Champion', '#8250df', 'CONTACT');
INSERT INTO organization_tag (tenant_id, organization_id, tag_id)
SELECT pg_temp.demo_tenant(), pg_temp.demo_id('0', n), pg_temp.demo_id('8', t) FROM generate_series(1, 14) n, generate_series(1, 2) t WHERE t = 2 OR n % 3 = 1;

INSERT INTO contact (tenant_id, id, prefix, name, first_name, last_name, timezone, owner_id, created_at, updated_at)
SELECT pg_temp.demo_tenant(), pg_temp.demo_id('1', n), prefix, first || ' ' || last, first, last, 'Europe/Berlin', pg_temp.demo_id('2', 1 + n % 2), made, made
FROM (SELECT v.*, timestamptz '2025-03-01T09:00Z' + n * interval '2 days 11 minutes' AS made FROM (VALUES
  (1, 'Ms', 'Nora', 'Castellan'), (2, 'Mr', 'Pieter', 'van Dijk'), (3, 'Dr', 'Ingrid', 'Solberg'), (4, 'Mr', 'Lars', 'Haugen'), (5, 'Ms', 'Beatriz', 'Moreira'),
  (6, 'Mr', 'Rui', 'Antunes'), (7, 'Dr', 'Katharina', 'Vogel'), (8, 'Mr', 'Jonas', 'Weber'), (9, 'Ms', 'Aoife', 'Brennan'), (10, 'Mr', 'Cian', 'Doyle'),
  (11, 'Ms', 'Priya', 'Raman'), (12, 'Mr', 'Daniel', 'Hughes'), (13, 'Ms', 'Claudia', 'Frei'), (14, 'Mr', 'Reto', 'Amrein'), (15, 'Ms', 'Zofia', 'Nowak'),
  (16, 'Mr', 'Adam', 'Kowal'), (17, 'Ms', 'Camille', 'Perrin'), (18, 'Mr', 'Hugo', 'Lambert'), (19, 'Ms', 'Kadri', 'Tamm'), (20, 'Mr', 'Erik', 'Saar'),
  (21, 'Ms', 'Freja', 'Mortensen'), (22, 'Mr', 'Mads', 'Juhl'), (23, 'Ms', 'Giulia', 'Ferri'), (24, 'Mr', 'Paolo', 'Ricci'), (25, 'Ms', 'Fiona', 'Murray'),
  (26, 'Mr', 'Ewan', 'Baird'), (27, 'Ms', 'Lotte', 'Claes'), (28, 'Mr', 'Wout', 'Peeters'), (29, 'Mx', 'Robin', 'Ashdown'), (30, 'Prof', 'Samuel', 'Öberg')
) v (n, prefix, first, last)) row;

INSERT INTO job_role (tenant_id, id, contact_id, organization_id, job_title, is_primary, started_at)
SELECT pg_temp.demo_tenant(), pg_temp.demo_id('6', n), pg_temp.demo_id('1', n), pg_temp.demo_id('0', (n - 1) / 2 % 14 + 1),
  (ARRAY['Head of Procurement', 'Operations Manager', 'Chief Technology Officer', 'Account Manager', 'Finance Director', 'Product Manager'])[(n - 1) % 6 + 1], true, '2023-01-01T00:00Z'
FROM generate_series(1, 30) n;
INSERT INTO job_role (tenant_id, id, contact_id, organization_id, job_title, started_at) VALUES
  (pg_temp.demo_tenant(), pg_temp.demo_id('6', 31), pg_temp.demo_id('1', 1), pg_temp.demo_id('0', 14), 'Member of the Board', '2024-06-01T00:00Z');

INSERT INTO email (tenant_id, id, raw_email, email, is_work)
SELECT c.tenant_id, pg_temp.demo_id('4', n), address, address, true
FROM contact c, LATERAL (SELECT right(c.id::text, 12)::bigint AS n) number, LATERAL (
  SELECT CASE n WHEN 1 THEN 'buyer@example.com' ELSE translate(lower(c.first_name || '.' || replace(c.last_name, ' ', '')), 'Öö', 'oo') || '@' || d.domain END AS address
  FROM organization_domain d WHERE d.tenant_id = c.tenant_id AND d.organization_id = pg_temp.demo_id('0', (n - 1) / 2 % 14 + 1)) mail
WHERE c.tenant_id = pg_temp.demo_tenant();
INSERT INTO contact_email (tenant_id, contact_id, email_id, is_primary, label)
SELECT pg_temp.demo_tenant(), pg_temp.demo_id('1', n), pg_temp.demo_id('4', n), true, 'WORK' FROM generate_series(1, 30) n;
INSERT INTO email (tenant_id, id, raw_email, email, is_work) VALUES
  (pg_temp.demo_tenant(), pg_temp.demo_id('4', 101), 'maya@demo.example', 'maya@demo.example', true), (pg_temp.demo_tenant(), pg_temp.demo_id('4', 102), 'tom@demo.example', 'tom@demo.example', true);
INSERT INTO user_email (tenant_id, user_id, email_id, is_primary, label)
SELECT pg_temp.demo_tenant(), pg_temp.demo_id('2', n), pg_temp.demo_id('4', 100 + n), true, 'WORK' FROM generate_series(1, 2) n;

-- +44 20 7946 0xxx is set aside for fiction.
INSERT INTO phone_number (tenant_id, id, raw_phone_number, e164, country_id, validated)
SELECT pg_temp.demo_tenant(), pg_temp.demo_id('5', n), '+44 20 7946 0' || 100 + n, '+442079460' || 100 + n, (SELECT id FROM country WHERE code_a2 = 'GB'), false FROM generate_series(1, 20) n;
INSERT INTO contact_phone_number (tenant_id, contact_id, phone_number_id, is_primary, label)
SELECT pg_temp.demo_tenant(), pg_temp.demo_id('1', n), pg_temp.demo_id('5', n), true, 'WORK' FROM generate_series(1, 20) n;
INSERT INTO contact_tag (tenant_id, contact_id, tag_id)
SELECT pg_temp.demo_tenant(), pg_temp.demo_id('1', n), pg_temp.demo_id('8', 3 + n % 2) FROM generate_series(1, 30, 3) n;

INSERT INTO opportunity (tenant_id, id, organization_id, owner_id, created_by_id, name, currency, amount, max_amount, likelihood_rate, internal_type, internal_stage,
  external_stage, estimated_closed_at, closed_at, stage_changed_at, next_steps, created_at, updated_at)
SELECT pg_temp.demo_tenant(), pg_temp.demo_id('3', n), o.id, o.owner_id, pg_temp.demo_id('2', 1), o.name || ' ' || (ARRAY['pilot', 'expansion', 'add-on'])[kind], 'EUR',
  4000 * n, 5000 * n, 10 * (n % 9), (ARRAY['NBO', 'UPSELL', 'CROSS_SELL'])[kind], (ARRAY['OPEN', 'OPEN', 'OPEN', 'CLOSED_WON', 'CLOSED_LOST'])[n % 5 + 1], 'STAGE' || n % 3 + 1,
  made + interval '90 days', CASE WHEN n % 5 > 2 THEN made + interval '60 days' END, made + interval '14 days', 'Send the offer', made, made + interval '14 days'
FROM generate_series(1, 18) n CROSS JOIN LATERAL (SELECT (n - 1) % 3 + 1 AS kind, timestamptz '2025-05-05T12:00Z' + n * interval '4 days' AS made) d
JOIN organization o ON o.tenant_id = pg_temp.demo_tenant() AND o.id = pg_temp.demo_id('0', (n - 1) % 14 + 1);

INSERT INTO sku (tenant_id, id, name, price, type, created_at, updated_at) VALUES
  (pg_temp.demo_tenant(), pg_temp.demo_id('f', 1), 'Platform', 250, 'SUBSCRIPTION', '2025-01-10T08:00Z', '2025-01-10T08:00Z'),
  (pg_temp.demo_tenant(), pg_temp.demo_id('f', 2), 'Introduction', 1800, 'ONE_TIME', '2025-01-10T08:05Z', '2025-01-10T08:05Z');
INSERT INTO bank_account (tenant_id, id, bank_name, currency, bank_transfer_enabled, iban, bic, created_at, updated_at) VALUES
  (pg_temp.demo_tenant(), pg_temp.demo_id('f', 100000001), 'Rotterdam Savings', 'EUR', true, 'NL91ABNA0417164300', 'ABNANL2A', '2025-01-10T09:00Z', '2025-01-10T09:00Z');
INSERT INTO tenant_billing_profile (tenant_id, id, legal_name, address_line1, locality, country, zip, vat_number, send_invoices_from, can_pay_with_bank_transfer, created_at, updated_at) VALUES
  (pg_temp.demo_tenant(), pg_temp.demo_id('f', 200000001), 'Demonstration BV', 'Coolsingel 40', 'Rotterdam', 'NL', '3011 AD', 'NL123456789B01', 'billing@demo.example', true, '2025-01-10T09:05Z', '2025-01-10T09:05Z');
INSERT INTO billing_profile (tenant_id, id, organization_id, legal_name, tax_id, created_at, updated_at) VALUES
  (pg_temp.demo_tenant(), pg_temp.demo_id('f', 300000001), pg_temp.demo_id('0', 5), 'Evergreen Foods Ltd', 'IE1234567T', '2025-01-10T09:10Z', '2025-01-10T09:10Z');
-- Two contracts that renew themselves, and a draft. What follows from them is left to contract_refresh.
INSERT INTO contract (tenant_id, id, organization_id, created_by_id, name, status, length_in_months, billing_cycle_in_months, due_days, approved, auto_renew,
  currency, service_started_at, signed_at, organization_legal_name, invoice_email, created_at, updated_at)
SELECT pg_temp.demo_tenant(), pg_temp.demo_id('d', n), pg_temp.demo_id('0', organization), pg_temp.demo_id('2', 1), title, status, months, cycle, 14, agreed, agreed,
  'EUR', started, signed, legal, 'invoices@' || domain, timestamptz '2025-05-20T09:00Z' + n * interval '1 hour', timestamptz '2025-05-20T09:00Z' + n * interval '1 hour'
FROM (VALUES
  (1, 5, 'Evergreen platform', 'LIVE', 12, 1, true, timestamptz '2025-06-01T00:00Z', timestamptz '2025-05-20T00:00Z', 'Evergreen Foods Ltd', 'evergreen-foods.example'),
  (2, 10, 'Juniper courses', 'LIVE', 3, 3, true, '2025-07-01T00:00Z', '2025-06-15T00:00Z', 'Juniper Learning GmbH', 'juniper-learning.example'),
  (3, 12, 'Lumen trial', 'DRAFT', 12, 12, false, NULL, NULL, 'Lumen Market BV', 'lumen-market.example')
) v (n, organization, title, status, months, cycle, agreed, started, signed, legal, domain);
INSERT INTO service (tenant_id, contract_id, id)
SELECT pg_temp.demo_tenant(), pg_temp.demo_id('d', contract), pg_temp.demo_id('e', n) FROM (VALUES (1, 1), (2, 1), (4, 2), (5, 3)) v (n, contract);
INSERT INTO service_line_item (tenant_id, id, contract_id, service_id, sku_id, name, billed, price, quantity, vat_rate, started_at, ended_at, created_at, updated_at)
SELECT pg_temp.demo_tenant(), pg_temp.demo_id('e', n), pg_temp.demo_id('d', contract), pg_temp.demo_id('e', first), pg_temp.demo_id('f', product), title, billed, price,
  quantity, 21, started, ended, timestamptz '2025-05-20T12:00Z' + n * interval '1 minute', timestamptz '2025-05-20T12:00Z' + n * interval '1 minute'
FROM (VALUES
  (1, 1, 1, 1, 'Platform', 'MONTHLY', 250.0, 4, timestamptz '2025-06-01T00:00Z', timestamptz '2025-10-01T00:00Z'), (3, 1, 1, 1, 'Platform', 'MONTHLY', 250.0, 6, '2025-10-01T00:00Z', NULL),
  (2, 1, 2, 2, 'Introduction', 'ONCE', 1800, 1, '2025-06-01T00:00Z', NULL), (4, 2, 4, 1, 'Platform', 'QUARTERLY', 690, 2, '2025-07-01T00:00Z', NULL),
  (5, 3, 5, 1, 'Platform', 'ANNUALLY', 2400, 1, '2026-01-01T00:00Z', NULL)
) v (n, contract, first, product, title, billed, price, quantity, started, ended);
INSERT INTO invoice (tenant_id, id, contract_id, number, status, billing_cycle_in_months, period_start, period_end, due_date, issued_date, currency, amount, vat, customer_name,
  customer_email, provider_name, provider_address_line1, provider_zip, provider_locality, provider_country, created_at, updated_at)
SELECT pg_temp.demo_tenant(), pg_temp.demo_id('f', 400000000 + n), pg_temp.demo_id('d', 2), number, status, 3, start, start + interval '3 months' - interval '1 day', start + 14, start, 'EUR',
  1380, 289.8, 'Juniper Learning GmbH', 'invoices@juniper-learning.example', 'Demonstration BV', 'Coolsingel 40', '3011 AD', 'Rotterdam', 'Netherlands', start + time '08:15', start + time '08:15'
FROM (VALUES (1, 'KLM-40281', 'PAID', date '2025-07-01'), (2, 'NPR-11754', 'OVERDUE', '2025-10-01')) v (n, number, status, start);
INSERT INTO invoice_line (tenant_id, id, invoice_id, service_line_item_id, name, billed, price, quantity, amount, vat, sku_id, created_at, updated_at)
SELECT tenant_id, pg_temp.demo_id('f', right(id::text, 12)::bigint + 100000000), id, pg_temp.demo_id('e', 4), 'Platform', 'QUARTERLY', 690, 2, amount, vat, pg_temp.demo_id('f', 1), created_at, created_at
FROM invoice WHERE tenant_id = pg_temp.demo_tenant();
CALL contract_refresh(pg_temp.demo_tenant(), ARRAY[pg_temp.demo_id('d', 1), pg_temp.demo_id('d', 2), pg_temp.demo_id('d', 3)], 'CONTRACT', NULL);

INSERT INTO timeline_event (tenant_id, id, kind, created_at, updated_at)
SELECT pg_temp.demo_tenant(), pg_temp.demo_id('7', n), 'INTERACTION_EVENT', made, made
FROM generate_series(1, 40) n, LATERAL (SELECT timestamptz '2025-06-02T08:15Z' + n * interval '1 day 3 hours' AS made) d;
INSERT INTO interaction_event (tenant_id, id, identifier, event_type, channel, content, content_type)
SELECT pg_temp.demo_tenant(), pg_temp.demo_id('7', n), 'demo-' || n, 'message', CASE WHEN n % 4 = 0 THEN 'CHAT' ELSE 'EMAIL' END,
  (ARRAY['Thank you for the call. The figures are attached.', 'Could we move the meeting to Thursday?', 'The pilot is running well.', 'Please send us the offer.'])[n % 4 + 1], 'text/plain'
FROM generate_series(1, 40) n;
-- Odd events go from a user to a contact, even ones the other way.
INSERT INTO timeline_event_participant (tenant_id, timeline_event_id, role, email_id, type)
SELECT pg_temp.demo_tenant(), pg_temp.demo_id('7', n), CASE WHEN (n % 2 = 1) = is_user THEN 'SENT_BY' ELSE 'SENT_TO' END,
  pg_temp.demo_id('4', CASE WHEN is_user THEN 101 + n / 2 % 2 ELSE (n - 1) % 30 + 1 END), CASE WHEN (n % 2 = 1) = is_user THEN 'FROM' ELSE 'TO' END
FROM generate_series(1, 40) n, (VALUES (true), (false)) side (is_user);

INSERT INTO timeline_event (tenant_id, id, kind, created_at, updated_at)
SELECT tenant_id, pg_temp.demo_id('c', right(id::text, 12)::bigint), 'ACTION', created_at, created_at FROM organization WHERE tenant_id = pg_temp.demo_tenant();
INSERT INTO action (tenant_id, id, organization_id, created_by_id, type)
SELECT pg_temp.demo_tenant(), pg_temp.demo_id('c', n), pg_temp.demo_id('0', n), pg_temp.demo_id('2', 1), 'CREATED' FROM generate_series(1, 14) n;

DO $$
DECLARE event uuid;
BEGIN
  FOR event IN SELECT id FROM timeline_event WHERE tenant_id = pg_temp.demo_tenant() ORDER BY id LOOP
    CALL timeline_refresh_event(pg_temp.demo_tenant(), event);
  END LOOP;
END $$;

UPDATE organization o SET last_touchpoint_at = newest.occurred_at, last_touchpoint_id = newest.timeline_event_id, last_touchpoint_type = newest.type
FROM (SELECT DISTINCT ON (t.organization_id) t.organization_id, t.occurred_at, t.timeline_event_id, CASE
    WHEN t.kind = 'ACTION' THEN 'ACTION_CREATED'
    WHEN e.channel = 'CHAT' THEN 'INTERACTION_EVENT_CHAT'
    WHEN EXISTS (SELECT FROM timeline_event_participant p JOIN user_email u ON u.tenant_id = p.tenant_id AND u.email_id = p.email_id
      WHERE p.tenant_id = t.tenant_id AND p.timeline_event_id = t.timeline_event_id AND p.role = 'SENT_BY') THEN 'INTERACTION_EVENT_EMAIL_SENT'
    ELSE 'INTERACTION_EVENT_EMAIL_RECEIVED' END AS type
  FROM organization_timeline t LEFT JOIN interaction_event e ON e.tenant_id = t.tenant_id AND e.id = t.timeline_event_id
  WHERE t.tenant_id = pg_temp.demo_tenant() ORDER BY t.organization_id, t.occurred_at DESC, t.timeline_event_id DESC) newest
WHERE o.tenant_id = pg_temp.demo_tenant() AND o.id = newest.organization_id;

DROP FUNCTION pg_temp.demo_id(text, bigint);
DROP FUNCTION pg_temp.demo_tenant();
