-- What is known across tenants: the tenants and their keys, and facts about the world.

-- Lower case by the rules of Unicode, ordered by code point: the same in a database of any locale.
CREATE FUNCTION fold(value text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$ SELECT lower(value COLLATE "und-x-icu") COLLATE "C" $$;

-- The id is short because nearly every key of the schema starts with it.
CREATE TABLE tenant (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text COLLATE "C" NOT NULL UNIQUE CHECK (name <> ''),
  created_by text NOT NULL DEFAULT '',
  personal boolean NOT NULL DEFAULT false,
  state text NOT NULL DEFAULT 'LIVE' CHECK (state IN ('LIVE', 'ARCHIVED')),
  state_changed_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(), updated_at timestamptz NOT NULL DEFAULT now());

-- Secrets are kept as SHA-256 only. A key without a tenant belongs to the platform. To rotate a key, add one that
-- replaces it and let the old one expire.
CREATE TABLE api_key (
  id uuid PRIMARY KEY,
  tenant_id integer REFERENCES tenant,
  key_hash bytea NOT NULL UNIQUE CHECK (octet_length(key_hash) = 32),
  prefix text NOT NULL CHECK (length(prefix) BETWEEN 4 AND 12),
  name text NOT NULL DEFAULT '',
  roles text[] NOT NULL DEFAULT '{USER}' CHECK (cardinality(roles) > 0
    AND roles <@ ARRAY['USER', 'ADMIN', 'OWNER', 'PLATFORM_OWNER', 'IMPERSONATED']),
  replaces_id uuid REFERENCES api_key,
  expires_at timestamptz, revoked_at timestamptz,
  last_used_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(), updated_at timestamptz NOT NULL DEFAULT now(),
  CHECK ((tenant_id IS NULL) = ('PLATFORM_OWNER' = ANY (roles))));
CREATE INDEX api_key_of_tenant ON api_key (tenant_id, created_at);

-- The tenant that people of an e-mail domain sign in to.
CREATE TABLE workspace (
  provider text COLLATE "C", domain text COLLATE "C", tenant_id integer NOT NULL REFERENCES tenant,
  created_at timestamptz NOT NULL DEFAULT now(), PRIMARY KEY (provider, domain));
CREATE INDEX workspace_of_tenant ON workspace (tenant_id);

-- The tenants that a person of the platform may act in.
CREATE TABLE workspace_access (
  user_email text COLLATE "C", tenant_id integer REFERENCES tenant, is_current boolean NOT NULL DEFAULT false,
  created_at timestamptz NOT NULL DEFAULT now(), PRIMARY KEY (user_email, tenant_id));
CREATE UNIQUE INDEX workspace_access_one_current ON workspace_access (user_email) WHERE is_current;
CREATE INDEX workspace_access_of_tenant ON workspace_access (tenant_id);

CREATE TABLE currency (code text COLLATE "C" PRIMARY KEY CHECK (code ~ '^[A-Z]{3}$'), symbol text NOT NULL);

-- Units of the currency for one US dollar.
CREATE TABLE currency_rate (
  currency text COLLATE "C" REFERENCES currency, provider text COLLATE "C", date date, rate numeric NOT NULL CHECK (rate > 0),
  PRIMARY KEY (currency, provider, date));
CREATE INDEX currency_rate_latest ON currency_rate (currency, date DESC);
CREATE TABLE country (
  id uuid PRIMARY KEY, name text COLLATE "C" NOT NULL, code_a2 text COLLATE "C" NOT NULL UNIQUE, code_a3 text COLLATE "C" NOT NULL UNIQUE,
  phone_code text NOT NULL DEFAULT '');

-- States and provinces, for the search of places.
CREATE TABLE country_state (
  id uuid PRIMARY KEY, country_id uuid NOT NULL REFERENCES country, code text COLLATE "C" NOT NULL, name text COLLATE "C" NOT NULL,
  UNIQUE (country_id, code));
CREATE TABLE industry (code text COLLATE "C" PRIMARY KEY, name text COLLATE "C" NOT NULL);
CREATE TABLE personal_email_provider (domain text COLLATE "C" PRIMARY KEY);
CREATE TABLE website_hosting_pattern (pattern text COLLATE "C" PRIMARY KEY);

-- Domains known to lead to another one; every other domain stands for itself.
CREATE TABLE domain_redirect (domain text COLLATE "C" PRIMARY KEY, primary_domain text NOT NULL);

INSERT INTO currency VALUES ('USD','$'),('EUR','€'),('GBP','£'),('RON','L'),('AUD','A$'),('BRL','R$'),('CAD','C$'),('CHF','Fr'),('CNY','¥'),('HKD','HK$'),
  ('INR','₹'),('JPY','¥'),('KRW','₩'),('MXN','Mex$'),('NOK','kr'),('NZD','NZ$'),('SEK','kr'),('SGD','S$'),('TRY','₺'),('ZAR','R');
