-- Bank accounts and billing profiles, for the tenant of the setting fixture.tenant: numbers from 811 on.
INSERT INTO bank_account (tenant_id, id, bank_name, currency, bank_transfer_enabled, iban, bic, sort_code, account_number, routing_number, other_details, created_at, updated_at) VALUES
  (pg_temp.tenant(), pg_temp.fixture_id('5', 811), 'First Bank', 'EUR', true, 'DE02120300000000202051', 'BYLADEM1001', '', '', '', 'By the tenth', '2025-02-19T00:00Z', '2025-02-19T00:00Z'),
  (pg_temp.tenant(), pg_temp.fixture_id('5', 812), 'Second Bank', 'GBP', false, '', '', '20-00-00', '12345678', '', '', '2025-02-20T00:00Z', '2025-02-20T00:00Z');
INSERT INTO tenant_billing_profile (tenant_id, id, legal_name, address_line1, locality, country, zip, vat_number, send_invoices_from, can_pay_with_bank_transfer, can_pay_with_card, created_at, updated_at) VALUES
  (pg_temp.tenant(), pg_temp.fixture_id('6', 811), 'Fixture GmbH', 'Weg 1', 'Berlin', 'DE', '10115', 'DE123', 'billing@fixture.example', true, true, '2025-02-19T00:00Z', '2025-02-19T00:00Z'),
  (pg_temp.tenant(), pg_temp.fixture_id('6', 812), 'Fixture Ltd', '', '', '', '', '', '', false, false, '2025-02-20T00:00Z', '2025-02-20T00:00Z');
INSERT INTO billing_profile (tenant_id, id, organization_id, legal_name, tax_id, created_at, updated_at)
VALUES (pg_temp.tenant(), pg_temp.fixture_id('e', 811), pg_temp.fixture_id('0', 801), 'Hazel Works AG', 'T-1', '2025-02-19T00:00Z', '2025-02-19T00:00Z');
INSERT INTO billing_profile_email (tenant_id, billing_profile_id, email_id, is_primary)
VALUES (pg_temp.tenant(), pg_temp.fixture_id('e', 811), pg_temp.fixture_id('4', 701), true);

-- Invoices of contract 801, in all kinds: 811 due, 812 paid, 813 void, 814 overdue, 815 only made, 816 a preview with the number of 811,
-- 817 a later preview, 818 a rehearsal, 819 for nothing, 820 a preview that is over.
INSERT INTO invoice (tenant_id, id, contract_id, number, status, dry_run, preview, off_cycle, period_start, period_end, due_date, issued_date, currency, amount, vat,
  note, customer_name, customer_email, customer_address_line1, customer_country, provider_name, provider_country, created_at, updated_at)
SELECT pg_temp.tenant(), pg_temp.fixture_id('9', n), pg_temp.fixture_id('d', 801), number, status, dry, preview, n = 814,
  current_date + days, current_date + days + 27, current_date + days + 14, current_date + days, 'EUR', amount, amount / 5, 'Thank you', 'Hazel Works AG', 'pay@hazel.example',
  'Road 1', 'Germany', 'Fixture GmbH', 'Germany', timestamptz '2025-02-21T00:00Z' + n * interval '1 minute', timestamptz '2025-02-21T00:00Z' + n * interval '1 minute'
FROM (VALUES (811, 'BCD-00811', 'DUE', false, false, -28, 1234.5), (812, 'BCD-00812', 'PAID', false, false, -56, 100), (813, 'BCD-00813', 'VOID', false, false, -84, 100),
  (814, 'BCD-00814', 'OVERDUE', false, false, -112, 100), (815, '', 'INITIALIZED', false, false, -140, 0), (816, 'BCD-00811', 'SCHEDULED', true, true, 0, 121),
  (817, 'BCD-00817', 'SCHEDULED', true, true, 28, 121), (818, 'BCD-00818', 'DUE', true, false, 56, 121), (819, 'BCD-00819', 'DUE', false, false, -168, 0),
  (820, 'BCD-00817', 'ON_HOLD', true, true, -1, 121)) v (n, number, status, dry, preview, days, amount);
INSERT INTO invoice_line (tenant_id, id, invoice_id, service_line_item_id, name, billed, price, quantity, amount, vat, sku_id, created_at, updated_at)
SELECT pg_temp.tenant(), pg_temp.fixture_id('a', n), pg_temp.fixture_id('9', 811), pg_temp.fixture_id('e', item), name, 'MONTHLY', price, quantity, price * quantity, price * quantity / 5,
  pg_temp.fixture_id('f', product), timestamptz '2025-02-21T00:00Z' + n * interval '1 minute', timestamptz '2025-02-21T00:00Z'
FROM (VALUES (811, 801, 'Springs', 100.25, 10, 801), (812, 802, 'Set-up', 232, 1, NULL)) v (n, item, name, price, quantity, product);

-- Billed before its cycles, 802 from a leap day's month on; 803 is never billed.
UPDATE tenant_setting SET invoicing_postpaid = false, logo_repository_file_id = 'logo-1' WHERE tenant_id = pg_temp.tenant();
UPDATE contract SET next_invoice_date = '2024-02-01', due_days = 10, organization_legal_name = 'Hazel Works AG', invoice_email = 'pay@hazel.example', address_line1 = 'Road 1',
  country = 'FR', invoice_note = 'Thank you' WHERE tenant_id = pg_temp.tenant() AND id = pg_temp.fixture_id('d', 802);
UPDATE service_line_item SET started_at = '2024-01-15T00:00Z' WHERE tenant_id = pg_temp.tenant() AND contract_id = pg_temp.fixture_id('d', 802);
UPDATE contract SET billing_cycle_in_months = 0 WHERE tenant_id = pg_temp.tenant() AND id = pg_temp.fixture_id('d', 803);
