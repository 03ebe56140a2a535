-- Query.tenantBillingProfiles
SELECT NULL,
  t.id,
  t.created_at,
  t.updated_at,
  coalesce(nullif(t.source, ''), 'NA'),
  t.app_source,
  t.email,
  t.phone,
  t.address_line1,
  t.address_line2,
  t.address_line3,
  t.locality,
  t.country,
  t.region,
  t.zip,
  t.legal_name,
  t.domestic_payments_bank_info,
  t.international_payments_bank_info,
  t.vat_number,
  t.send_invoices_from,
  t.send_invoices_bcc,
  t.can_pay_with_card,
  t.can_pay_with_direct_debit_sepa,
  t.can_pay_with_direct_debit_ach,
  t.can_pay_with_direct_debit_bacs,
  t.can_pay_with_bank_transfer,
  t.can_pay_with_pigeon,
  t.can_pay_with_check
FROM tenant_billing_profile t
WHERE t.tenant_id = $1 AND true
ORDER BY t.created_at, t.id

-- then

-- Query.tenantBillingProfile
SELECT NULL, t.legal_name
FROM tenant_billing_profile t
WHERE t.tenant_id = $1 AND t.id = $2::uuid
LIMIT 1
