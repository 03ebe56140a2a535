-- Organizations, their domains, and how they relate to each other.

-- customer_os_id has the form C-XXX-XXX and is for ever. The renewal, lifetime value and touchpoint columns repeat what
-- follows from other tables, because lists are sorted by them.
CREATE TABLE organization (
  tenant_id integer NOT NULL REFERENCES tenant, id uuid NOT NULL,
  customer_os_id text COLLATE "C" NOT NULL,
  reference_id text COLLATE "C" NOT NULL DEFAULT '',
  name text COLLATE "C" NOT NULL DEFAULT '', description text COLLATE "C" NOT NULL DEFAULT '', notes text COLLATE "C" NOT NULL DEFAULT '',
  website text COLLATE "C" NOT NULL DEFAULT '', lead_source text COLLATE "C" NOT NULL DEFAULT '',
  industry text COLLATE "C" NOT NULL DEFAULT '', sub_industry text COLLATE "C" NOT NULL DEFAULT '', industry_group text COLLATE "C" NOT NULL DEFAULT '',
  industry_code text COLLATE "C" REFERENCES industry, wrong_industry boolean NOT NULL DEFAULT false,
  target_audience text NOT NULL DEFAULT '', value_proposition text NOT NULL DEFAULT '', headquarters text NOT NULL DEFAULT '',
  employee_growth_rate text NOT NULL DEFAULT '', last_funding_amount text NOT NULL DEFAULT '', last_funding_round text,
  logo_url text NOT NULL DEFAULT '', icon_url text NOT NULL DEFAULT '', slack_channel_id text NOT NULL DEFAULT '',
  is_public boolean, employees bigint, year_founded bigint, market text CHECK (market IN ('B2B', 'B2C', 'B2B2C', 'MARKETPLACE')),
  relationship text COLLATE "C" CHECK (relationship IN ('CUSTOMER', 'PROSPECT', 'NOT_A_FIT', 'FORMER_CUSTOMER')),
  stage text COLLATE "C", stage_changed_at timestamptz,
  icp_fit boolean NOT NULL DEFAULT false, icp_fit_reasons text[] NOT NULL DEFAULT '{}', icp_fit_changed_at timestamptz,
  qualification_status text CHECK (qualification_status IN ('NOT_QUALIFIED', 'PENDING', 'QUALIFIED', 'QUALIFYING')),
  qualified_by text CHECK (qualified_by IN ('NONE', 'SYSTEM', 'USER')),
  owner_id uuid,
  onboarding_status text NOT NULL DEFAULT 'NOT_APPLICABLE'
    CHECK (onboarding_status IN ('NOT_APPLICABLE', 'NOT_STARTED', 'ON_TRACK', 'LATE', 'STUCK', 'DONE', 'SUCCESSFUL')),
  onboarding_comments text NOT NULL DEFAULT '', onboarding_changed_at timestamptz,
  enrich_requested_at timestamptz, enriched_at timestamptz, enrich_failed_at timestamptz,
  renewal_arr numeric, renewal_max_arr numeric, next_renewal_at timestamptz,
  renewal_likelihood text CHECK (renewal_likelihood IN ('HIGH', 'MEDIUM', 'LOW', 'ZERO')),
  lifetime_value numeric NOT NULL DEFAULT 0, lifetime_value_currency text COLLATE "C" REFERENCES currency, churned_at timestamptz,
  last_touchpoint_at timestamptz, last_touchpoint_type text COLLATE "C", last_touchpoint_id uuid,
  state text COLLATE "C" NOT NULL DEFAULT 'LIVE' CHECK (state IN ('LIVE', 'HIDDEN', 'MERGED', 'ARCHIVED')), state_changed_at timestamptz,
  merged_into_id uuid,
  source text NOT NULL DEFAULT 'OPENLINE', app_source text NOT NULL DEFAULT 'customer-os-api',
  created_at timestamptz NOT NULL DEFAULT now(), updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id), UNIQUE (tenant_id, customer_os_id),
  FOREIGN KEY (tenant_id, owner_id) REFERENCES app_user,
  FOREIGN KEY (tenant_id, merged_into_id) REFERENCES organization,
  CHECK ((state = 'MERGED') = (merged_into_id IS NOT NULL)));
-- The orders in which clients ask for organizations. Any other order is sorted on request.
CREATE INDEX organization_by_created ON organization (tenant_id, created_at, id) WHERE state IN ('LIVE', 'HIDDEN');
CREATE INDEX organization_by_updated ON organization (tenant_id, updated_at, id) WHERE state IN ('LIVE', 'HIDDEN');
CREATE INDEX organization_by_name ON organization (tenant_id, fold(name), created_at, id) WHERE state IN ('LIVE', 'HIDDEN');
CREATE INDEX organization_by_touchpoint ON organization (tenant_id, last_touchpoint_at, id) WHERE state IN ('LIVE', 'HIDDEN');
CREATE INDEX organization_by_renewal ON organization (tenant_id, next_renewal_at, id) WHERE state IN ('LIVE', 'HIDDEN');
CREATE INDEX organization_by_relationship ON organization (tenant_id, relationship, stage) WHERE state IN ('LIVE', 'HIDDEN');
CREATE INDEX organization_by_reference ON organization (tenant_id, reference_id, created_at) WHERE reference_id <> '';
CREATE INDEX organization_of_owner ON organization (tenant_id, owner_id) WHERE owner_id IS NOT NULL;
CREATE INDEX organization_not_live ON organization (tenant_id, state, state_changed_at) WHERE state <> 'LIVE';
CREATE INDEX organization_of_touchpoint ON organization (tenant_id, last_touchpoint_id) WHERE last_touchpoint_id IS NOT NULL;
CREATE TRIGGER organization_counted AFTER INSERT ON organization FOR EACH ROW EXECUTE FUNCTION kept_count_add();
CREATE TRIGGER organization_uncounted AFTER DELETE ON organization FOR EACH ROW EXECUTE FUNCTION kept_count_remove();
CREATE TRIGGER organization_state_left AFTER UPDATE OF state ON organization FOR EACH ROW WHEN (OLD.state <> NEW.state) EXECUTE FUNCTION kept_count_remove();
CREATE TRIGGER organization_state_entered AFTER UPDATE OF state ON organization FOR EACH ROW WHEN (OLD.state <> NEW.state) EXECUTE FUNCTION kept_count_add();

-- A domain belongs to one organization of a tenant; the key settles who was first.
CREATE TABLE organization_domain (
  tenant_id integer NOT NULL, domain text COLLATE "C" NOT NULL CHECK (domain <> '' AND domain = lower(domain)),
  organization_id uuid NOT NULL, created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, domain), FOREIGN KEY (tenant_id, organization_id) REFERENCES organization ON DELETE CASCADE);
CREATE INDEX organization_domain_of_organization ON organization_domain (tenant_id, organization_id, domain);

CREATE TABLE organization_subsidiary (
  tenant_id integer NOT NULL, parent_id uuid NOT NULL, subsidiary_id uuid NOT NULL CHECK (subsidiary_id <> parent_id), type text NOT NULL DEFAULT '',
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, parent_id, subsidiary_id),
  FOREIGN KEY (tenant_id, parent_id) REFERENCES organization ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, subsidiary_id) REFERENCES organization ON DELETE CASCADE);
CREATE INDEX organization_subsidiary_parents ON organization_subsidiary (tenant_id, subsidiary_id, parent_id);

CREATE TABLE organization_suggested_merge (
  tenant_id integer NOT NULL, organization_id uuid NOT NULL, primary_id uuid NOT NULL, confidence double precision, suggested_by text,
  suggested_at timestamptz, PRIMARY KEY (tenant_id, organization_id, primary_id),
  FOREIGN KEY (tenant_id, organization_id) REFERENCES organization ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, primary_id) REFERENCES organization ON DELETE CASCADE);
