-- tenant_billing_profile.replace
UPDATE tenant_billing_profile
SET updated_at = now(),
  legal_name = coalesce($3::text, ''),
  email = coalesce($4::text, ''),
  phone = coalesce($5::text, ''),
  address_line1 = coalesce($6::text, ''),
  address_line2 = coalesce($7::text, ''),
  address_line3 = coalesce($8::text, ''),
  locality = coalesce($9::text, ''),
  region = coalesce($10::text, ''),
  country = coalesce($11::text, ''),
  zip = coalesce($12::text, ''),
  vat_number = coalesce($13::text, ''),
  send_invoices_from = coalesce($14::text, ''),
  send_invoices_bcc = coalesce($15::text, ''),
  domestic_payments_bank_info = coalesce($16::text, ''),
  international_payments_bank_info = coalesce($17::text, ''),
  can_pay_with_card = coalesce($18::boolean, false),
  can_pay_with_direct_debit_sepa = coalesce($19::boolean, false),
  can_pay_with_direct_debit_ach = coalesce($20::boolean, false),
  can_pay_with_direct_debit_bacs = coalesce($21::boolean, false),
  can_pay_with_bank_transfer = coalesce($22::boolean, false),
  can_pay_with_pigeon = coalesce($23::boolean, false),
  can_pay_with_check = coalesce($24::boolean, false)
WHERE tenant_id = $1 AND id = $2::uuid
RETURNING id

-- then

-- no statement
