-- Opportunities, contracts and their services, invoices, bank accounts and billing profiles.

CREATE TABLE contract (
  tenant_id integer NOT NULL, id uuid NOT NULL,
  organization_id uuid NOT NULL, created_by_id uuid,
  name text COLLATE "C" NOT NULL DEFAULT '', url text NOT NULL DEFAULT '',
  status text COLLATE "C" NOT NULL DEFAULT 'DRAFT' CHECK (status IN ('DRAFT', 'SCHEDULED', 'LIVE', 'ENDED', 'OUT_OF_CONTRACT')),
  length_in_months integer NOT NULL DEFAULT 0 CHECK (length_in_months BETWEEN 0 AND 1200),
  billing_cycle_in_months integer NOT NULL DEFAULT 1 CHECK (billing_cycle_in_months >= 0), due_days integer NOT NULL DEFAULT 0 CHECK (due_days BETWEEN 0 AND 365),
  approved boolean NOT NULL DEFAULT false, auto_renew boolean NOT NULL DEFAULT false, invoicing_enabled boolean NOT NULL DEFAULT false,
  currency text COLLATE "C" REFERENCES currency,
  service_started_at timestamptz, signed_at timestamptz, ended_at timestamptz, invoicing_start_date date, next_invoice_date date,
  lifetime_value numeric NOT NULL DEFAULT 0,
  organization_legal_name text NOT NULL DEFAULT '', address_line1 text NOT NULL DEFAULT '', address_line2 text NOT NULL DEFAULT '',
  locality text NOT NULL DEFAULT '', region text NOT NULL DEFAULT '', country text NOT NULL DEFAULT '', zip text NOT NULL DEFAULT '',
  invoice_email text NOT NULL DEFAULT '', invoice_email_cc text[] NOT NULL DEFAULT '{}', invoice_email_bcc text[] NOT NULL DEFAULT '{}',
  invoice_note text NOT NULL DEFAULT '',
  can_pay_with_card boolean NOT NULL DEFAULT true, can_pay_with_direct_debit boolean NOT NULL DEFAULT true, can_pay_with_bank_transfer boolean NOT NULL DEFAULT true,
  can_pay_with_check boolean NOT NULL DEFAULT true, pay_online boolean NOT NULL DEFAULT true, pay_automatically boolean NOT NULL DEFAULT true,
  state text COLLATE "C" NOT NULL DEFAULT 'LIVE' CHECK (state IN ('LIVE', 'ARCHIVED')), state_changed_at timestamptz,
  source text NOT NULL DEFAULT 'OPENLINE', app_source text NOT NULL DEFAULT 'customer-os-api',
  created_at timestamptz NOT NULL DEFAULT now(), updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, organization_id) REFERENCES organization, FOREIGN KEY (tenant_id, created_by_id) REFERENCES app_user);
CREATE INDEX contract_page ON contract (tenant_id, created_at, id) WHERE state = 'LIVE';
CREATE INDEX contract_of_organization ON contract (tenant_id, organization_id, created_at);
CREATE INDEX contract_by_status ON contract (tenant_id, status, next_invoice_date) WHERE state = 'LIVE';
CREATE INDEX contract_of_creator ON contract (tenant_id, created_by_id) WHERE created_by_id IS NOT NULL;

CREATE TABLE sku (
  tenant_id integer NOT NULL REFERENCES tenant, id uuid NOT NULL,
  name text COLLATE "C" NOT NULL, price numeric(18,2) NOT NULL, type text NOT NULL CHECK (type IN ('SUBSCRIPTION', 'ONE_TIME')),
  state text COLLATE "C" NOT NULL DEFAULT 'LIVE' CHECK (state IN ('LIVE', 'ARCHIVED')), state_changed_at timestamptz,
  source text NOT NULL DEFAULT 'OPENLINE', app_source text NOT NULL DEFAULT 'customer-os-api',
  created_at timestamptz NOT NULL DEFAULT now(), updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id));
CREATE INDEX sku_list ON sku (tenant_id, created_at, id) WHERE state = 'LIVE';

-- All versions of a line item share a service, whose id is that of the first version.
CREATE TABLE service (
  tenant_id integer NOT NULL, contract_id uuid NOT NULL, id uuid NOT NULL,
  PRIMARY KEY (tenant_id, contract_id, id), FOREIGN KEY (tenant_id, contract_id) REFERENCES contract ON DELETE CASCADE);
CREATE TABLE service_line_item (
  tenant_id integer NOT NULL, id uuid NOT NULL,
  contract_id uuid NOT NULL, service_id uuid NOT NULL, sku_id uuid, created_by_id uuid,
  name text COLLATE "C" NOT NULL DEFAULT '', comments text NOT NULL DEFAULT '',
  billed text NOT NULL DEFAULT 'NONE' CHECK (billed IN ('NONE', 'MONTHLY', 'QUARTERLY', 'ANNUALLY', 'ONCE', 'USAGE')),
  price numeric NOT NULL DEFAULT 0, quantity bigint NOT NULL DEFAULT 0 CHECK (quantity >= 0), vat_rate numeric NOT NULL DEFAULT 0 CHECK (vat_rate >= 0),
  started_at timestamptz NOT NULL, ended_at timestamptz, is_canceled boolean NOT NULL DEFAULT false, paused boolean NOT NULL DEFAULT false,
  annual_amount numeric GENERATED ALWAYS AS (price * quantity * CASE billed WHEN 'MONTHLY' THEN 12 WHEN 'QUARTERLY' THEN 4 WHEN 'ANNUALLY' THEN 1 ELSE 0 END) STORED,
  recurring boolean GENERATED ALWAYS AS (billed IN ('MONTHLY', 'QUARTERLY', 'ANNUALLY')) STORED,
  source text NOT NULL DEFAULT 'OPENLINE', app_source text NOT NULL DEFAULT 'customer-os-api',
  created_at timestamptz NOT NULL DEFAULT now(), updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id), UNIQUE (tenant_id, service_id, started_at),
  FOREIGN KEY (tenant_id, contract_id, service_id) REFERENCES service ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, sku_id) REFERENCES sku, FOREIGN KEY (tenant_id, created_by_id) REFERENCES app_user);
CREATE INDEX service_line_item_of_contract ON service_line_item (tenant_id, contract_id, created_at);
CREATE INDEX service_line_item_of_sku ON service_line_item (tenant_id, sku_id) WHERE sku_id IS NOT NULL;

-- A sale to an organization, or the renewal of a contract. A suspended renewal is never shown.
CREATE TABLE opportunity (
  tenant_id integer NOT NULL REFERENCES tenant, id uuid NOT NULL,
  organization_id uuid, contract_id uuid, owner_id uuid, created_by_id uuid, renewal_updated_by_id uuid,
  name text COLLATE "C" NOT NULL DEFAULT '', currency text COLLATE "C" REFERENCES currency,
  amount numeric NOT NULL DEFAULT 0, max_amount numeric NOT NULL DEFAULT 0, likelihood_rate bigint NOT NULL DEFAULT 0,
  internal_type text NOT NULL DEFAULT 'NBO' CHECK (internal_type IN ('NBO', 'UPSELL', 'CROSS_SELL', 'RENEWAL')),
  internal_stage text NOT NULL DEFAULT 'OPEN' CHECK (internal_stage IN ('OPEN', 'CLOSED_WON', 'CLOSED_LOST', 'SUSPENDED')),
  external_type text NOT NULL DEFAULT '', external_stage text NOT NULL DEFAULT '',
  general_notes text NOT NULL DEFAULT '', next_steps text NOT NULL DEFAULT '', comments text NOT NULL DEFAULT '',
  estimated_closed_at timestamptz, closed_at timestamptz, stage_changed_at timestamptz,
  renewed_at timestamptz, renewal_approved boolean NOT NULL DEFAULT false, renewal_updated_at timestamptz,
  renewal_likelihood text CHECK (renewal_likelihood IN ('HIGH', 'MEDIUM', 'LOW', 'ZERO')),
  renewal_adjusted_rate integer NOT NULL DEFAULT 100 CHECK (renewal_adjusted_rate BETWEEN 0 AND 100),
  state text COLLATE "C" NOT NULL DEFAULT 'LIVE' CHECK (state IN ('LIVE', 'ARCHIVED')), state_changed_at timestamptz,
  source text NOT NULL DEFAULT 'OPENLINE', app_source text NOT NULL DEFAULT 'customer-os-api',
  created_at timestamptz NOT NULL DEFAULT now(), updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, organization_id) REFERENCES organization, FOREIGN KEY (tenant_id, contract_id) REFERENCES contract,
  FOREIGN KEY (tenant_id, owner_id) REFERENCES app_user, FOREIGN KEY (tenant_id, created_by_id) REFERENCES app_user,
  FOREIGN KEY (tenant_id, renewal_updated_by_id) REFERENCES app_user,
  CHECK (internal_type <> 'RENEWAL' OR contract_id IS NOT NULL),
  CHECK (internal_stage <> 'SUSPENDED' OR internal_type = 'RENEWAL'));
CREATE INDEX opportunity_page ON opportunity (tenant_id, created_at, id) WHERE state = 'LIVE' AND organization_id IS NOT NULL;
CREATE INDEX opportunity_of_organization ON opportunity (tenant_id, organization_id, created_at DESC) WHERE organization_id IS NOT NULL;
CREATE INDEX opportunity_of_contract ON opportunity (tenant_id, contract_id, created_at DESC) WHERE contract_id IS NOT NULL;
CREATE INDEX opportunity_of_owner ON opportunity (tenant_id, owner_id) WHERE owner_id IS NOT NULL;
CREATE UNIQUE INDEX opportunity_one_active_renewal ON opportunity (tenant_id, contract_id) WHERE internal_type = 'RENEWAL' AND internal_stage = 'OPEN' AND state = 'LIVE';
CREATE UNIQUE INDEX opportunity_one_suspended_renewal ON opportunity (tenant_id, contract_id) WHERE internal_stage = 'SUSPENDED';
CREATE TRIGGER opportunity_counted AFTER INSERT ON opportunity FOR EACH ROW WHEN (NEW.organization_id IS NOT NULL) EXECUTE FUNCTION kept_count_add();
CREATE TRIGGER opportunity_uncounted AFTER DELETE ON opportunity FOR EACH ROW WHEN (OLD.organization_id IS NOT NULL) EXECUTE FUNCTION kept_count_remove();
CREATE TRIGGER opportunity_state_left AFTER UPDATE OF state, organization_id ON opportunity FOR EACH ROW
  WHEN (OLD.organization_id IS NOT NULL AND (NEW.organization_id IS NULL OR OLD.state <> NEW.state)) EXECUTE FUNCTION kept_count_remove();
CREATE TRIGGER opportunity_state_entered AFTER UPDATE OF state, organization_id ON opportunity FOR EACH ROW
  WHEN (NEW.organization_id IS NOT NULL AND (OLD.organization_id IS NULL OR OLD.state <> NEW.state)) EXECUTE FUNCTION kept_count_add();
-- The renewals that forecasts add up.
CREATE VIEW active_renewal AS SELECT * FROM opportunity WHERE internal_type = 'RENEWAL' AND internal_stage = 'OPEN' AND state = 'LIVE';

-- Customer and provider are copied, since an issued invoice does not change with them.
CREATE TABLE invoice (
  tenant_id integer NOT NULL, id uuid NOT NULL,
  contract_id uuid NOT NULL, number text COLLATE "C" NOT NULL DEFAULT '',
  status text COLLATE "C" NOT NULL CHECK (status IN ('INITIALIZED', 'DRAFT', 'DUE', 'OVERDUE', 'PAID', 'VOID', 'SCHEDULED', 'ON_HOLD', 'EMPTY', 'PAYMENT_PROCESSING')),
  dry_run boolean NOT NULL DEFAULT false, preview boolean NOT NULL DEFAULT false, off_cycle boolean NOT NULL DEFAULT false, postpaid boolean NOT NULL DEFAULT false,
  billing_cycle_in_months integer NOT NULL DEFAULT 1, period_start date NOT NULL, period_end date NOT NULL, due_date date NOT NULL, issued_date date NOT NULL,
  currency text COLLATE "C" NOT NULL REFERENCES currency, amount numeric(18,2) NOT NULL DEFAULT 0, vat numeric(18,2) NOT NULL DEFAULT 0,
  total numeric(18,2) GENERATED ALWAYS AS (amount + vat) STORED,
  note text NOT NULL DEFAULT '', repository_file_id text NOT NULL DEFAULT '', payment_link text,
  customer_name text, customer_email text, customer_address_line1 text, customer_address_line2 text, customer_zip text, customer_locality text,
  customer_country text, customer_region text,
  provider_name text, provider_logo_url text, provider_logo_repository_file_id text, provider_address_line1 text, provider_address_line2 text, provider_zip text,
  provider_locality text, provider_country text, provider_region text,
  source text NOT NULL DEFAULT 'OPENLINE', app_source text NOT NULL DEFAULT 'customer-os-api',
  created_at timestamptz NOT NULL DEFAULT now(), updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id), FOREIGN KEY (tenant_id, contract_id) REFERENCES contract,
  CHECK (period_end >= period_start), CHECK (dry_run OR NOT preview));
CREATE UNIQUE INDEX invoice_by_number ON invoice (tenant_id, number) WHERE NOT dry_run AND number <> '';
CREATE UNIQUE INDEX invoice_one_preview ON invoice (tenant_id, contract_id) WHERE preview;
CREATE INDEX invoice_page ON invoice (tenant_id, due_date DESC, id) WHERE status NOT IN ('INITIALIZED', 'EMPTY');
CREATE INDEX invoice_of_contract ON invoice (tenant_id, contract_id, issued_date DESC);
CREATE TABLE invoice_number_reservation (tenant_id integer NOT NULL REFERENCES tenant, number text COLLATE "C" NOT NULL, PRIMARY KEY (tenant_id, number));
CREATE TABLE invoice_line (
  tenant_id integer NOT NULL, id uuid NOT NULL,
  invoice_id uuid NOT NULL, service_line_item_id uuid NOT NULL, name text NOT NULL DEFAULT '',
  billed text NOT NULL CHECK (billed IN ('NONE', 'MONTHLY', 'QUARTERLY', 'ANNUALLY', 'ONCE', 'USAGE')),
  price numeric NOT NULL, quantity bigint NOT NULL, amount numeric(18,2) NOT NULL, vat numeric(18,2) NOT NULL,
  total numeric(18,2) GENERATED ALWAYS AS (amount + vat) STORED, sku_id uuid,
  source text NOT NULL DEFAULT 'OPENLINE', app_source text NOT NULL DEFAULT 'customer-os-api',
  created_at timestamptz NOT NULL DEFAULT now(), updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, invoice_id) REFERENCES invoice ON DELETE CASCADE, FOREIGN KEY (tenant_id, service_line_item_id) REFERENCES service_line_item,
  FOREIGN KEY (tenant_id, sku_id) REFERENCES sku);
CREATE INDEX invoice_line_of_invoice ON invoice_line (tenant_id, invoice_id, created_at);
CREATE INDEX invoice_line_of_item ON invoice_line (tenant_id, service_line_item_id);

CREATE TABLE bank_account (
  tenant_id integer NOT NULL REFERENCES tenant, id uuid NOT NULL,
  bank_name text NOT NULL DEFAULT '', currency text COLLATE "C" REFERENCES currency,
  bank_transfer_enabled boolean NOT NULL DEFAULT false, allow_international boolean NOT NULL DEFAULT false, iban text NOT NULL DEFAULT '', bic text NOT NULL DEFAULT '',
  sort_code text NOT NULL DEFAULT '', account_number text NOT NULL DEFAULT '', routing_number text NOT NULL DEFAULT '', other_details text NOT NULL DEFAULT '',
  source text NOT NULL DEFAULT 'OPENLINE', app_source text NOT NULL DEFAULT 'customer-os-api',
  created_at timestamptz NOT NULL DEFAULT now(), updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id));

-- The oldest profile is named on invoices.
CREATE TABLE tenant_billing_profile (
  tenant_id integer NOT NULL REFERENCES tenant, id uuid NOT NULL,
  legal_name text NOT NULL DEFAULT '', email text NOT NULL DEFAULT '', phone text NOT NULL DEFAULT '',
  address_line1 text NOT NULL DEFAULT '', address_line2 text NOT NULL DEFAULT '', address_line3 text NOT NULL DEFAULT '',
  locality text NOT NULL DEFAULT '', region text NOT NULL DEFAULT '', country text NOT NULL DEFAULT '', zip text NOT NULL DEFAULT '',
  vat_number text NOT NULL DEFAULT '', send_invoices_from text NOT NULL DEFAULT '', send_invoices_bcc text NOT NULL DEFAULT '',
  domestic_payments_bank_info text, international_payments_bank_info text,
  can_pay_with_card boolean NOT NULL DEFAULT false, can_pay_with_direct_debit_sepa boolean NOT NULL DEFAULT false,
  can_pay_with_direct_debit_ach boolean NOT NULL DEFAULT false, can_pay_with_direct_debit_bacs boolean NOT NULL DEFAULT false,
  can_pay_with_bank_transfer boolean NOT NULL DEFAULT false, can_pay_with_pigeon boolean NOT NULL DEFAULT false, can_pay_with_check boolean NOT NULL DEFAULT false,
  source text NOT NULL DEFAULT 'OPENLINE', app_source text NOT NULL DEFAULT 'customer-os-api',
  created_at timestamptz NOT NULL DEFAULT now(), updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id));

-- The profile of an organization, from an older interface.
CREATE TABLE billing_profile (
  tenant_id integer NOT NULL, id uuid NOT NULL,
  organization_id uuid NOT NULL, legal_name text NOT NULL DEFAULT '', tax_id text NOT NULL DEFAULT '',
  source text NOT NULL DEFAULT 'OPENLINE', app_source text NOT NULL DEFAULT 'customer-os-api',
  created_at timestamptz NOT NULL DEFAULT now(), updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id), FOREIGN KEY (tenant_id, organization_id) REFERENCES organization);
CREATE INDEX billing_profile_of_organization ON billing_profile (tenant_id, organization_id);
CREATE TABLE billing_profile_email (
  tenant_id integer NOT NULL, billing_profile_id uuid NOT NULL, email_id uuid NOT NULL, is_primary boolean NOT NULL DEFAULT false,
  PRIMARY KEY (tenant_id, billing_profile_id, email_id),
  FOREIGN KEY (tenant_id, billing_profile_id) REFERENCES billing_profile ON DELETE CASCADE, FOREIGN KEY (tenant_id, email_id) REFERENCES email ON DELETE CASCADE);
CREATE INDEX billing_profile_email_reverse ON billing_profile_email (tenant_id, email_id, billing_profile_id);
CREATE UNIQUE INDEX billing_profile_email_one_primary ON billing_profile_email (tenant_id, billing_profile_id) WHERE is_primary;
CREATE TABLE billing_profile_location (
  tenant_id integer NOT NULL, billing_profile_id uuid NOT NULL, location_id uuid NOT NULL,
  PRIMARY KEY (tenant_id, billing_profile_id, location_id),
  FOREIGN KEY (tenant_id, billing_profile_id) REFERENCES billing_profile ON DELETE CASCADE, FOREIGN KEY (tenant_id, location_id) REFERENCES location ON DELETE CASCADE);
CREATE INDEX billing_profile_location_reverse ON billing_profile_location (tenant_id, location_id, billing_profile_id);
CREATE TABLE opportunity_tag (
  tenant_id integer NOT NULL, opportunity_id uuid NOT NULL, tag_id uuid NOT NULL, tagged_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, opportunity_id, tag_id),
  FOREIGN KEY (tenant_id, opportunity_id) REFERENCES opportunity ON DELETE CASCADE, FOREIGN KEY (tenant_id, tag_id) REFERENCES tag ON DELETE CASCADE);
CREATE INDEX opportunity_tag_reverse ON opportunity_tag (tenant_id, tag_id, opportunity_id);
CREATE TABLE contract_tag (
  tenant_id integer NOT NULL, contract_id uuid NOT NULL, tag_id uuid NOT NULL, tagged_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, contract_id, tag_id),
  FOREIGN KEY (tenant_id, contract_id) REFERENCES contract ON DELETE CASCADE, FOREIGN KEY (tenant_id, tag_id) REFERENCES tag ON DELETE CASCADE);
CREATE INDEX contract_tag_reverse ON contract_tag (tenant_id, tag_id, contract_id);
