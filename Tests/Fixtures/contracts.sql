-- Contracts and their services, for the tenant of the setting fixture.tenant: numbers from 801 on.
-- The records below say themselves when they changed.
SELECT set_config('customeros.marks', 'off', true);

INSERT INTO organization (tenant_id, id, customer_os_id, name, relationship, stage, owner_id, created_at, updated_at)
SELECT pg_temp.tenant(), pg_temp.fixture_id('0', n), 'C-FAA-' || n, name, relationship, stage, pg_temp.fixture_id('2', 702), '2025-02-01T00:00Z', '2025-02-01T00:00Z'
FROM (VALUES (801, 'Hazel Works', 'CUSTOMER', 'ONBOARDING'), (802, 'Iris Works', 'PROSPECT', 'ENGAGED')) v (n, name, relationship, stage);
INSERT INTO sku (tenant_id, id, name, price, type, created_at) VALUES
  (pg_temp.tenant(), pg_temp.fixture_id('f', 801), 'Springs', 12.5, 'SUBSCRIPTION', '2025-02-01T00:00Z'),
  (pg_temp.tenant(), pg_temp.fixture_id('f', 802), 'Set-up', 99, 'ONE_TIME', '2025-02-02T00:00Z');
INSERT INTO opportunity (tenant_id, id, organization_id, owner_id, name, external_stage, currency, amount, max_amount, internal_type, created_at, updated_at)
SELECT pg_temp.tenant(), pg_temp.fixture_id('3', n), pg_temp.fixture_id('0', o), pg_temp.fixture_id('2', 701), 'Sale ' || n, 'STAGE1', 'EUR', 10, 20, type, '2025-02-13T00:00Z', '2025-02-13T00:00Z'
FROM (VALUES (801, 802, 'NBO'), (802, 801, 'UPSELL')) v (n, o, type);
INSERT INTO task (tenant_id, id, subject, created_at) VALUES (pg_temp.tenant(), pg_temp.fixture_id('b', 801), 'Call', '2025-02-14T00:00Z');

-- 801 is in force and renews itself, 802 is a draft, 803 was invoiced.
INSERT INTO contract (tenant_id, id, organization_id, name, length_in_months, approved, auto_renew, currency, service_started_at, created_at, updated_at)
SELECT pg_temp.tenant(), pg_temp.fixture_id('d', n), pg_temp.fixture_id('0', 801), 'Contract ' || n, months, agreed, agreed, 'EUR', started,
  timestamptz '2025-02-15T00:00Z' + n * interval '1 minute', timestamptz '2025-02-15T00:00Z' + n * interval '1 minute'
FROM (VALUES (801, 12, true, date_trunc('day', now())), (802, 12, false, NULL), (803, 0, true, date_trunc('day', now()))) v (n, months, agreed, started);
INSERT INTO service (tenant_id, contract_id, id)
SELECT pg_temp.tenant(), pg_temp.fixture_id('d', c), pg_temp.fixture_id('e', n) FROM (VALUES (801, 801), (802, 801), (803, 802), (804, 803), (805, 801)) v (n, c);
INSERT INTO service_line_item (tenant_id, id, contract_id, service_id, name, billed, price, quantity, vat_rate, started_at, created_at, updated_at)
SELECT pg_temp.tenant(), pg_temp.fixture_id('e', n), pg_temp.fixture_id('d', c), pg_temp.fixture_id('e', n), 'Service ' || n, billed, price, quantity, 20,
  date_trunc('day', now()) + days * interval '1 day', timestamptz '2025-02-16T00:00Z' + n * interval '1 minute', timestamptz '2025-02-16T00:00Z' + n * interval '1 minute'
FROM (VALUES (801, 801, 'MONTHLY', 10.5, 2, 0), (802, 801, 'ONCE', 100, 1, 0), (803, 802, 'ANNUALLY', 1000, 4, 0), (804, 803, 'MONTHLY', 30, 1, 0), (805, 801, 'QUARTERLY', 5, 1, 40)) v (n, c, billed, price, quantity, days);
INSERT INTO invoice (tenant_id, id, contract_id, number, status, period_start, period_end, due_date, issued_date, currency, amount)
VALUES (pg_temp.tenant(), pg_temp.fixture_id('9', 803), pg_temp.fixture_id('d', 803), 'BCD-00001', 'DUE', current_date, '2032-01-01', current_date, current_date, 'EUR', 30);
-- Billed afterwards, so what the next invoice is about may not change.
UPDATE contract SET next_invoice_date = '2032-02-01' WHERE tenant_id = pg_temp.tenant() AND id = pg_temp.fixture_id('d', 803);
UPDATE tenant_setting SET invoicing_postpaid = true WHERE tenant_id = pg_temp.tenant();
INSERT INTO invoice_line (tenant_id, id, invoice_id, service_line_item_id, billed, price, quantity, amount, vat)
VALUES (pg_temp.tenant(), pg_temp.fixture_id('a', 804), pg_temp.fixture_id('9', 803), pg_temp.fixture_id('e', 804), 'MONTHLY', 30, 1, 30, 6);
CALL contract_refresh(pg_temp.tenant(), ARRAY[pg_temp.fixture_id('d', 801), pg_temp.fixture_id('d', 802), pg_temp.fixture_id('d', 803)], 'CONTRACT', NULL);
-- Renewals with ids that tests can name.
UPDATE opportunity SET id = pg_temp.fixture_id('3', right(contract_id::text, 12)::bigint + 10), created_at = '2025-02-17T00:00Z', updated_at = '2025-02-17T00:00Z'
WHERE tenant_id = pg_temp.tenant() AND contract_id IN (pg_temp.fixture_id('d', 801), pg_temp.fixture_id('d', 802));
INSERT INTO attachment (tenant_id, id, base_path, cdn_url, file_name, mime_type, size, created_at)
VALUES (pg_temp.tenant(), pg_temp.fixture_id('6', 801), '/', '', 'contract.pdf', 'application/pdf', 1, '2025-02-18T00:00Z');
INSERT INTO external_system (tenant_id, type) VALUES (pg_temp.tenant(), 'STRIPE') ON CONFLICT DO NOTHING;
INSERT INTO external_link (tenant_id, id, system, external_id, contract_id, opportunity_id, service_line_item_id)
SELECT pg_temp.tenant(), pg_temp.fixture_id('c', n), 'STRIPE', 'id-' || n, CASE n WHEN 801 THEN pg_temp.fixture_id('d', 801) END,
  CASE n WHEN 802 THEN pg_temp.fixture_id('3', 801) END, CASE n WHEN 803 THEN pg_temp.fixture_id('e', 801) END
FROM generate_series(801, 803) n;
