-- Flows and workflows.

CREATE TABLE flow (
  tenant_id integer NOT NULL REFERENCES tenant, id uuid NOT NULL,
  name text COLLATE "C" NOT NULL, description text NOT NULL DEFAULT '', nodes text NOT NULL, edges text NOT NULL, first_started_at timestamptz,
  status text NOT NULL DEFAULT 'INACTIVE' CHECK (status IN ('INACTIVE', 'SCHEDULING', 'ACTIVE', 'PAUSED', 'ARCHIVED')),
  source text NOT NULL DEFAULT 'OPENLINE', app_source text NOT NULL DEFAULT 'customer-os-api',
  created_at timestamptz NOT NULL DEFAULT now(), updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id));
CREATE INDEX flow_list ON flow (tenant_id, created_at, id);
CREATE TABLE flow_participant (
  tenant_id integer NOT NULL, id uuid NOT NULL,
  flow_id uuid NOT NULL, contact_id uuid NOT NULL, status text COLLATE "C" NOT NULL DEFAULT 'PENDING', scheduled_action text, scheduled_at timestamptz,
  source text NOT NULL DEFAULT 'OPENLINE', app_source text NOT NULL DEFAULT 'customer-os-api',
  created_at timestamptz NOT NULL DEFAULT now(), updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id), UNIQUE (tenant_id, flow_id, contact_id),
  FOREIGN KEY (tenant_id, flow_id) REFERENCES flow ON DELETE CASCADE, FOREIGN KEY (tenant_id, contact_id) REFERENCES contact ON DELETE CASCADE);
CREATE INDEX flow_participant_by_status ON flow_participant (tenant_id, flow_id, status);
CREATE INDEX flow_participant_of_contact ON flow_participant (tenant_id, contact_id, flow_id);
CREATE TABLE flow_sender (
  tenant_id integer NOT NULL, id uuid NOT NULL,
  flow_id uuid NOT NULL, user_id uuid,
  source text NOT NULL DEFAULT 'OPENLINE', app_source text NOT NULL DEFAULT 'customer-os-api',
  created_at timestamptz NOT NULL DEFAULT now(), updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id), UNIQUE (tenant_id, flow_id, user_id),
  FOREIGN KEY (tenant_id, flow_id) REFERENCES flow ON DELETE CASCADE, FOREIGN KEY (tenant_id, user_id) REFERENCES app_user);
CREATE TABLE workflow (
  tenant_id integer NOT NULL REFERENCES tenant, id uuid NOT NULL,
  type text COLLATE "C" NOT NULL CHECK (type IN ('IDEAL_CUSTOMER_PROFILE', 'IDEAL_CONTACT_PERSONA')), name text, condition text NOT NULL DEFAULT '',
  action_param1 text NOT NULL DEFAULT '', live boolean NOT NULL DEFAULT false,
  source text NOT NULL DEFAULT 'OPENLINE', app_source text NOT NULL DEFAULT 'customer-os-api',
  created_at timestamptz NOT NULL DEFAULT now(), updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id));
CREATE INDEX workflow_by_type ON workflow (tenant_id, type, created_at);
