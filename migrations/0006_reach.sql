-- E-mails, phone numbers, locations, social profiles and tags, and the links to their owners.

-- raw_email is what was entered, email its normalised form.
CREATE TABLE email (
  tenant_id integer NOT NULL REFERENCES tenant, id uuid NOT NULL,
  raw_email text COLLATE "C" NOT NULL, email text COLLATE "C" NOT NULL DEFAULT '', is_work boolean,
  source text NOT NULL DEFAULT 'OPENLINE', app_source text NOT NULL DEFAULT 'customer-os-api',
  created_at timestamptz NOT NULL DEFAULT now(), updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id));
CREATE UNIQUE INDEX email_by_raw ON email (tenant_id, fold(raw_email));
CREATE INDEX email_by_clean ON email (tenant_id, fold(email)) WHERE email <> '';

-- There is a row only after the address was checked.
CREATE TABLE email_validation (
  tenant_id integer NOT NULL, email_id uuid NOT NULL, validated_at timestamptz NOT NULL,
  deliverable text NOT NULL DEFAULT 'UNKNOWN' CHECK (deliverable IN ('UNKNOWN', 'DELIVERABLE', 'UNDELIVERABLE')),
  is_valid_syntax boolean, is_firewalled boolean, is_catch_all boolean, can_connect_smtp boolean, is_mailbox_full boolean, is_role_account boolean,
  is_free_account boolean, is_system_generated boolean, smtp_success boolean, is_primary_domain boolean,
  provider text, firewall text, primary_domain text, alternate_email text,
  PRIMARY KEY (tenant_id, email_id), FOREIGN KEY (tenant_id, email_id) REFERENCES email ON DELETE CASCADE);

CREATE TABLE phone_number (
  tenant_id integer NOT NULL REFERENCES tenant, id uuid NOT NULL,
  raw_phone_number text COLLATE "C" NOT NULL, e164 text COLLATE "C", validated boolean, country_id uuid REFERENCES country,
  source text NOT NULL DEFAULT 'OPENLINE', app_source text NOT NULL DEFAULT 'customer-os-api',
  created_at timestamptz NOT NULL DEFAULT now(), updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id));
CREATE UNIQUE INDEX phone_number_by_number ON phone_number (tenant_id, coalesce(e164, raw_phone_number));
CREATE INDEX phone_number_by_raw ON phone_number (tenant_id, raw_phone_number);

CREATE TABLE location (
  tenant_id integer NOT NULL REFERENCES tenant, id uuid NOT NULL,
  name text COLLATE "C" NOT NULL DEFAULT '', raw_address text NOT NULL DEFAULT '', country text COLLATE "C" NOT NULL DEFAULT '',
  country_code_a2 text COLLATE "C" NOT NULL DEFAULT '', country_code_a3 text COLLATE "C" NOT NULL DEFAULT '', region text COLLATE "C" NOT NULL DEFAULT '',
  district text NOT NULL DEFAULT '', locality text COLLATE "C" NOT NULL DEFAULT '', street text NOT NULL DEFAULT '', address text NOT NULL DEFAULT '',
  address2 text NOT NULL DEFAULT '', zip text NOT NULL DEFAULT '', address_type text NOT NULL DEFAULT '', house_number text NOT NULL DEFAULT '',
  postal_code text NOT NULL DEFAULT '', plus_four text NOT NULL DEFAULT '', predirection text NOT NULL DEFAULT '', commercial boolean NOT NULL DEFAULT false,
  latitude double precision, longitude double precision, time_zone text NOT NULL DEFAULT '', utc_offset double precision,
  source text NOT NULL DEFAULT 'OPENLINE', app_source text NOT NULL DEFAULT 'customer-os-api',
  created_at timestamptz NOT NULL DEFAULT now(), updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id));

-- url_key is the URL in the form that look-ups compare.
CREATE TABLE social (
  tenant_id integer NOT NULL REFERENCES tenant, id uuid NOT NULL,
  url text COLLATE "C" NOT NULL, url_key text COLLATE "C" NOT NULL,
  alias text COLLATE "C" NOT NULL DEFAULT '', external_id text COLLATE "C" NOT NULL DEFAULT '', followers_count bigint NOT NULL DEFAULT 0,
  source text NOT NULL DEFAULT 'OPENLINE', app_source text NOT NULL DEFAULT 'customer-os-api',
  created_at timestamptz NOT NULL DEFAULT now(), updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id));
CREATE INDEX social_by_key ON social (tenant_id, url_key);
CREATE INDEX social_by_alias ON social (tenant_id, fold(alias)) WHERE alias <> '';
CREATE INDEX social_by_external_id ON social (tenant_id, external_id) WHERE external_id <> '';

CREATE TABLE tag (
  tenant_id integer NOT NULL REFERENCES tenant, id uuid NOT NULL,
  name text COLLATE "C" NOT NULL CHECK (name <> ''), color_code text NOT NULL DEFAULT '',
  entity_type text NOT NULL DEFAULT 'ORGANIZATION' CHECK (entity_type IN ('ORGANIZATION', 'OPPORTUNITY', 'CONTACT', 'LOG_ENTRY', 'ISSUE', 'CONTRACT')),
  source text NOT NULL DEFAULT 'OPENLINE', app_source text NOT NULL DEFAULT 'customer-os-api',
  created_at timestamptz NOT NULL DEFAULT now(), updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id), UNIQUE (tenant_id, name));

-- Whether an address is the primary one, and its label, is said by the link: the address may have several owners.
CREATE TABLE contact_email (
  tenant_id integer NOT NULL, contact_id uuid NOT NULL, email_id uuid NOT NULL, is_primary boolean NOT NULL DEFAULT false, label text CHECK (label IN ('MAIN', 'WORK', 'PERSONAL', 'OTHER')), created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, contact_id, email_id),
  FOREIGN KEY (tenant_id, contact_id) REFERENCES contact ON DELETE CASCADE, FOREIGN KEY (tenant_id, email_id) REFERENCES email ON DELETE CASCADE);
CREATE INDEX contact_email_reverse ON contact_email (tenant_id, email_id, contact_id);
CREATE UNIQUE INDEX contact_email_one_primary ON contact_email (tenant_id, contact_id) WHERE is_primary;
CREATE TABLE contact_phone_number (
  tenant_id integer NOT NULL, contact_id uuid NOT NULL, phone_number_id uuid NOT NULL, is_primary boolean NOT NULL DEFAULT false, label text CHECK (label IN ('MAIN', 'WORK', 'HOME', 'MOBILE', 'OTHER')), created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, contact_id, phone_number_id),
  FOREIGN KEY (tenant_id, contact_id) REFERENCES contact ON DELETE CASCADE, FOREIGN KEY (tenant_id, phone_number_id) REFERENCES phone_number ON DELETE CASCADE);
CREATE INDEX contact_phone_number_reverse ON contact_phone_number (tenant_id, phone_number_id, contact_id);
CREATE UNIQUE INDEX contact_phone_number_one_primary ON contact_phone_number (tenant_id, contact_id) WHERE is_primary;
CREATE TABLE organization_email (
  tenant_id integer NOT NULL, organization_id uuid NOT NULL, email_id uuid NOT NULL, is_primary boolean NOT NULL DEFAULT false, label text CHECK (label IN ('MAIN', 'WORK', 'PERSONAL', 'OTHER')), created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, organization_id, email_id),
  FOREIGN KEY (tenant_id, organization_id) REFERENCES organization ON DELETE CASCADE, FOREIGN KEY (tenant_id, email_id) REFERENCES email ON DELETE CASCADE);
CREATE INDEX organization_email_reverse ON organization_email (tenant_id, email_id, organization_id);
CREATE UNIQUE INDEX organization_email_one_primary ON organization_email (tenant_id, organization_id) WHERE is_primary;
CREATE TABLE organization_phone_number (
  tenant_id integer NOT NULL, organization_id uuid NOT NULL, phone_number_id uuid NOT NULL, is_primary boolean NOT NULL DEFAULT false, label text CHECK (label IN ('MAIN', 'WORK', 'HOME', 'MOBILE', 'OTHER')), created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, organization_id, phone_number_id),
  FOREIGN KEY (tenant_id, organization_id) REFERENCES organization ON DELETE CASCADE, FOREIGN KEY (tenant_id, phone_number_id) REFERENCES phone_number ON DELETE CASCADE);
CREATE INDEX organization_phone_number_reverse ON organization_phone_number (tenant_id, phone_number_id, organization_id);
CREATE UNIQUE INDEX organization_phone_number_one_primary ON organization_phone_number (tenant_id, organization_id) WHERE is_primary;
CREATE TABLE user_email (
  tenant_id integer NOT NULL, user_id uuid NOT NULL, email_id uuid NOT NULL, is_primary boolean NOT NULL DEFAULT false, label text CHECK (label IN ('MAIN', 'WORK', 'PERSONAL', 'OTHER')), created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, user_id, email_id),
  FOREIGN KEY (tenant_id, user_id) REFERENCES app_user ON DELETE CASCADE, FOREIGN KEY (tenant_id, email_id) REFERENCES email ON DELETE CASCADE);
CREATE INDEX user_email_reverse ON user_email (tenant_id, email_id, user_id);
CREATE UNIQUE INDEX user_email_one_primary ON user_email (tenant_id, user_id) WHERE is_primary;
CREATE TABLE user_phone_number (
  tenant_id integer NOT NULL, user_id uuid NOT NULL, phone_number_id uuid NOT NULL, is_primary boolean NOT NULL DEFAULT false, label text CHECK (label IN ('MAIN', 'WORK', 'HOME', 'MOBILE', 'OTHER')), created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, user_id, phone_number_id),
  FOREIGN KEY (tenant_id, user_id) REFERENCES app_user ON DELETE CASCADE, FOREIGN KEY (tenant_id, phone_number_id) REFERENCES phone_number ON DELETE CASCADE);
CREATE INDEX user_phone_number_reverse ON user_phone_number (tenant_id, phone_number_id, user_id);
CREATE UNIQUE INDEX user_phone_number_one_primary ON user_phone_number (tenant_id, user_id) WHERE is_primary;

CREATE TABLE contact_location (
  tenant_id integer NOT NULL, contact_id uuid NOT NULL, location_id uuid NOT NULL, created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, contact_id, location_id),
  FOREIGN KEY (tenant_id, contact_id) REFERENCES contact ON DELETE CASCADE, FOREIGN KEY (tenant_id, location_id) REFERENCES location ON DELETE CASCADE);
CREATE INDEX contact_location_reverse ON contact_location (tenant_id, location_id, contact_id);
CREATE TABLE organization_location (
  tenant_id integer NOT NULL, organization_id uuid NOT NULL, location_id uuid NOT NULL, created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, organization_id, location_id),
  FOREIGN KEY (tenant_id, organization_id) REFERENCES organization ON DELETE CASCADE, FOREIGN KEY (tenant_id, location_id) REFERENCES location ON DELETE CASCADE);
CREATE INDEX organization_location_reverse ON organization_location (tenant_id, location_id, organization_id);
CREATE TABLE contact_social (
  tenant_id integer NOT NULL, contact_id uuid NOT NULL, social_id uuid NOT NULL, created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, contact_id, social_id),
  FOREIGN KEY (tenant_id, contact_id) REFERENCES contact ON DELETE CASCADE, FOREIGN KEY (tenant_id, social_id) REFERENCES social ON DELETE CASCADE);
CREATE INDEX contact_social_reverse ON contact_social (tenant_id, social_id, contact_id);
CREATE TABLE organization_social (
  tenant_id integer NOT NULL, organization_id uuid NOT NULL, social_id uuid NOT NULL, created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, organization_id, social_id),
  FOREIGN KEY (tenant_id, organization_id) REFERENCES organization ON DELETE CASCADE, FOREIGN KEY (tenant_id, social_id) REFERENCES social ON DELETE CASCADE);
CREATE INDEX organization_social_reverse ON organization_social (tenant_id, social_id, organization_id);

CREATE TABLE contact_tag (
  tenant_id integer NOT NULL, contact_id uuid NOT NULL, tag_id uuid NOT NULL, tagged_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, contact_id, tag_id),
  FOREIGN KEY (tenant_id, contact_id) REFERENCES contact ON DELETE CASCADE, FOREIGN KEY (tenant_id, tag_id) REFERENCES tag ON DELETE CASCADE);
CREATE INDEX contact_tag_reverse ON contact_tag (tenant_id, tag_id, contact_id);
CREATE TABLE organization_tag (
  tenant_id integer NOT NULL, organization_id uuid NOT NULL, tag_id uuid NOT NULL, tagged_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, organization_id, tag_id),
  FOREIGN KEY (tenant_id, organization_id) REFERENCES organization ON DELETE CASCADE, FOREIGN KEY (tenant_id, tag_id) REFERENCES tag ON DELETE CASCADE);
CREATE INDEX organization_tag_reverse ON organization_tag (tenant_id, tag_id, organization_id);
