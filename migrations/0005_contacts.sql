-- Contacts and job roles.

CREATE TABLE contact (
  tenant_id integer NOT NULL REFERENCES tenant, id uuid NOT NULL,
  prefix text COLLATE "C" NOT NULL DEFAULT '', name text COLLATE "C" NOT NULL DEFAULT '', first_name text COLLATE "C" NOT NULL DEFAULT '',
  last_name text COLLATE "C" NOT NULL DEFAULT '', username text COLLATE "C" NOT NULL DEFAULT '', description text COLLATE "C" NOT NULL DEFAULT '',
  timezone text COLLATE "C" NOT NULL DEFAULT '', profile_photo_url text COLLATE "C" NOT NULL DEFAULT '',
  owner_id uuid,
  enrich_requested_at timestamptz, enriched_at timestamptz, enrich_failed_at timestamptz,
  state text COLLATE "C" NOT NULL DEFAULT 'LIVE' CHECK (state IN ('LIVE', 'HIDDEN', 'MERGED', 'ARCHIVED')), state_changed_at timestamptz,
  merged_into_id uuid,
  source text NOT NULL DEFAULT 'OPENLINE', app_source text NOT NULL DEFAULT 'customer-os-api',
  created_at timestamptz NOT NULL DEFAULT now(), updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id),
  FOREIGN KEY (tenant_id, owner_id) REFERENCES app_user,
  FOREIGN KEY (tenant_id, merged_into_id) REFERENCES contact,
  CHECK ((state = 'MERGED') = (merged_into_id IS NOT NULL)));
-- The orders in which clients ask for contacts.
CREATE INDEX contact_by_created ON contact (tenant_id, created_at, id) WHERE state = 'LIVE';
CREATE INDEX contact_by_updated ON contact (tenant_id, updated_at, id) WHERE state = 'LIVE';
CREATE INDEX contact_by_last_name ON contact (tenant_id, fold(last_name), created_at, id) WHERE state = 'LIVE';
CREATE INDEX contact_by_first_name ON contact (tenant_id, fold(first_name), created_at, id) WHERE state = 'LIVE';
CREATE INDEX contact_by_name ON contact (tenant_id, fold(name), created_at, id) WHERE state = 'LIVE';
CREATE INDEX contact_of_owner ON contact (tenant_id, owner_id) WHERE owner_id IS NOT NULL;
CREATE INDEX contact_of_primary ON contact (tenant_id, merged_into_id) WHERE merged_into_id IS NOT NULL;
CREATE TRIGGER contact_counted AFTER INSERT ON contact FOR EACH ROW EXECUTE FUNCTION kept_count_add();
CREATE TRIGGER contact_uncounted AFTER DELETE ON contact FOR EACH ROW EXECUTE FUNCTION kept_count_remove();
CREATE TRIGGER contact_state_left AFTER UPDATE OF state ON contact FOR EACH ROW WHEN (OLD.state <> NEW.state) EXECUTE FUNCTION kept_count_remove();
CREATE TRIGGER contact_state_entered AFTER UPDATE OF state ON contact FOR EACH ROW WHEN (OLD.state <> NEW.state) EXECUTE FUNCTION kept_count_add();

-- Of a contact or of a user. With an organization it is the link between the two.
CREATE TABLE job_role (
  tenant_id integer NOT NULL, id uuid NOT NULL,
  contact_id uuid, user_id uuid, organization_id uuid,
  job_title text COLLATE "C" NOT NULL DEFAULT '', description text, company text, is_primary boolean NOT NULL DEFAULT false,
  started_at timestamptz, ended_at timestamptz,
  source text NOT NULL DEFAULT 'OPENLINE', app_source text NOT NULL DEFAULT 'customer-os-api',
  created_at timestamptz NOT NULL DEFAULT now(), updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id), CHECK (num_nonnulls(contact_id, user_id) = 1),
  FOREIGN KEY (tenant_id, contact_id) REFERENCES contact ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, user_id) REFERENCES app_user ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, organization_id) REFERENCES organization);
CREATE INDEX job_role_of_contact ON job_role (tenant_id, contact_id, job_title) WHERE contact_id IS NOT NULL;
CREATE INDEX job_role_of_user ON job_role (tenant_id, user_id, job_title) WHERE user_id IS NOT NULL;
CREATE INDEX job_role_of_organization ON job_role (tenant_id, organization_id, contact_id) WHERE organization_id IS NOT NULL;
CREATE UNIQUE INDEX job_role_one_primary ON job_role (tenant_id, contact_id) WHERE is_primary AND contact_id IS NOT NULL;
