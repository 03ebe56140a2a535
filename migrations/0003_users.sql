-- Users, and the settings of a tenant.

CREATE TABLE app_user (
  tenant_id integer NOT NULL REFERENCES tenant, id uuid NOT NULL,
  name text COLLATE "C" NOT NULL DEFAULT '', first_name text COLLATE "C" NOT NULL DEFAULT '', last_name text COLLATE "C" NOT NULL DEFAULT '',
  timezone text COLLATE "C" NOT NULL DEFAULT '', profile_photo_url text COLLATE "C" NOT NULL DEFAULT '',
  roles text[] NOT NULL DEFAULT '{}' CHECK (roles <@ ARRAY['USER', 'ADMIN', 'OWNER', 'PLATFORM_OWNER', 'IMPERSONATED']),
  internal boolean NOT NULL DEFAULT false, bot boolean NOT NULL DEFAULT false, test boolean NOT NULL DEFAULT false,
  onboarding_crm_step_completed boolean NOT NULL DEFAULT false, onboarding_inbound_step_completed boolean NOT NULL DEFAULT false,
  onboarding_mailstack_step_completed boolean NOT NULL DEFAULT false, onboarding_outbound_step_completed boolean NOT NULL DEFAULT false,
  show_onboarding_page boolean NOT NULL DEFAULT true,
  state text COLLATE "C" NOT NULL DEFAULT 'LIVE' CHECK (state IN ('LIVE', 'ARCHIVED')), state_changed_at timestamptz,
  source text NOT NULL DEFAULT 'OPENLINE', app_source text NOT NULL DEFAULT 'customer-os-api',
  created_at timestamptz NOT NULL DEFAULT now(), updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id));
CREATE INDEX app_user_page ON app_user (tenant_id, created_at, id) WHERE state = 'LIVE' AND NOT internal AND NOT bot;

CREATE TABLE calendar (
  tenant_id integer NOT NULL, id uuid NOT NULL,
  user_id uuid NOT NULL, type text NOT NULL CHECK (type IN ('CALCOM', 'GOOGLE')), link text, is_primary boolean NOT NULL DEFAULT false,
  source text NOT NULL DEFAULT 'OPENLINE', app_source text NOT NULL DEFAULT 'customer-os-api',
  created_at timestamptz NOT NULL DEFAULT now(), updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id), FOREIGN KEY (tenant_id, user_id) REFERENCES app_user ON DELETE CASCADE);
CREATE INDEX calendar_of_user ON calendar (tenant_id, user_id);

CREATE TABLE tenant_setting (
  tenant_id integer PRIMARY KEY REFERENCES tenant,
  base_currency text COLLATE "C" NOT NULL DEFAULT 'USD' REFERENCES currency,
  invoicing_enabled boolean NOT NULL DEFAULT false, invoicing_postpaid boolean NOT NULL DEFAULT false, enrich_contacts boolean NOT NULL DEFAULT true,
  logo_repository_file_id text NOT NULL DEFAULT '', workspace_logo text NOT NULL DEFAULT '', workspace_name text NOT NULL DEFAULT '',
  created_at timestamptz NOT NULL DEFAULT now(), updated_at timestamptz NOT NULL DEFAULT now());

-- The ten columns of the sales board, STAGE1 to STAGE10.
CREATE TABLE opportunity_stage (
  tenant_id integer NOT NULL REFERENCES tenant, id uuid NOT NULL,
  value text COLLATE "C" NOT NULL, position integer NOT NULL, label text NOT NULL, visible boolean NOT NULL,
  likelihood_rate bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (tenant_id, id), UNIQUE (tenant_id, value), UNIQUE (tenant_id, position));
