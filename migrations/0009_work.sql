-- Reminders, tasks, custom fields and attachments.

CREATE TABLE reminder (
  tenant_id integer NOT NULL, id uuid NOT NULL,
  organization_id uuid NOT NULL, user_id uuid NOT NULL, content text NOT NULL, due_at timestamptz NOT NULL, dismissed boolean NOT NULL DEFAULT false,
  source text NOT NULL DEFAULT 'OPENLINE', app_source text NOT NULL DEFAULT 'customer-os-api',
  created_at timestamptz NOT NULL DEFAULT now(), updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id), FOREIGN KEY (tenant_id, organization_id) REFERENCES organization, FOREIGN KEY (tenant_id, user_id) REFERENCES app_user);
CREATE INDEX reminder_of_organization ON reminder (tenant_id, organization_id, due_at, id);
CREATE TABLE task (
  tenant_id integer NOT NULL REFERENCES tenant, id uuid NOT NULL,
  author_id uuid, subject text COLLATE "C" NOT NULL DEFAULT '', description text NOT NULL DEFAULT '', due_at timestamptz,
  status text NOT NULL DEFAULT 'TODO' CHECK (status IN ('TODO', 'IN_PROGRESS', 'DONE')),
  state text COLLATE "C" NOT NULL DEFAULT 'LIVE' CHECK (state IN ('LIVE', 'ARCHIVED')), state_changed_at timestamptz,
  source text NOT NULL DEFAULT 'OPENLINE', app_source text NOT NULL DEFAULT 'customer-os-api',
  created_at timestamptz NOT NULL DEFAULT now(), updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id), FOREIGN KEY (tenant_id, author_id) REFERENCES app_user);
CREATE INDEX task_list ON task (tenant_id, created_at, id) WHERE state = 'LIVE';
CREATE TABLE task_assignee (
  tenant_id integer NOT NULL, task_id uuid NOT NULL, user_id uuid NOT NULL, PRIMARY KEY (tenant_id, task_id, user_id),
  FOREIGN KEY (tenant_id, task_id) REFERENCES task ON DELETE CASCADE, FOREIGN KEY (tenant_id, user_id) REFERENCES app_user ON DELETE CASCADE);
CREATE INDEX task_assignee_reverse ON task_assignee (tenant_id, user_id, task_id);
CREATE TABLE task_opportunity (
  tenant_id integer NOT NULL, task_id uuid NOT NULL, opportunity_id uuid NOT NULL, PRIMARY KEY (tenant_id, task_id, opportunity_id),
  FOREIGN KEY (tenant_id, task_id) REFERENCES task ON DELETE CASCADE, FOREIGN KEY (tenant_id, opportunity_id) REFERENCES opportunity ON DELETE CASCADE);
CREATE INDEX task_opportunity_reverse ON task_opportunity (tenant_id, opportunity_id, task_id);

CREATE TABLE custom_field_template (
  tenant_id integer NOT NULL REFERENCES tenant, id uuid NOT NULL,
  entity_type text COLLATE "C" NOT NULL CHECK (entity_type IN ('ORGANIZATION', 'OPPORTUNITY', 'CONTACT', 'LOG_ENTRY', 'ISSUE', 'CONTRACT')),
  name text NOT NULL DEFAULT '', type text NOT NULL DEFAULT 'FREE_TEXT' CHECK (type IN ('FREE_TEXT', 'SINGLE_SELECT', 'NUMBER')),
  valid_values text[] NOT NULL DEFAULT '{}', position bigint, required boolean, length bigint, min bigint, max bigint,
  source text NOT NULL DEFAULT 'OPENLINE', app_source text NOT NULL DEFAULT 'customer-os-api',
  created_at timestamptz NOT NULL DEFAULT now(), updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id));
CREATE INDEX custom_field_template_list ON custom_field_template (tenant_id, entity_type, position);
CREATE TABLE custom_field (
  tenant_id integer NOT NULL, id uuid NOT NULL,
  contact_id uuid, organization_id uuid, template_id uuid,
  name text COLLATE "C" NOT NULL, data_type text COLLATE "C" NOT NULL CHECK (data_type IN ('TEXT', 'BOOL', 'DATETIME', 'INTEGER', 'DECIMAL')), value jsonb NOT NULL,
  source text NOT NULL DEFAULT 'OPENLINE', app_source text NOT NULL DEFAULT 'customer-os-api',
  created_at timestamptz NOT NULL DEFAULT now(), updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id), CHECK (num_nonnulls(contact_id, organization_id) = 1),
  FOREIGN KEY (tenant_id, contact_id) REFERENCES contact ON DELETE CASCADE, FOREIGN KEY (tenant_id, organization_id) REFERENCES organization ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, template_id) REFERENCES custom_field_template);
CREATE UNIQUE INDEX custom_field_of_contact ON custom_field (tenant_id, contact_id, name, data_type) WHERE contact_id IS NOT NULL;
CREATE UNIQUE INDEX custom_field_of_organization ON custom_field (tenant_id, organization_id, name, data_type) WHERE organization_id IS NOT NULL;
CREATE INDEX custom_field_of_template ON custom_field (tenant_id, template_id) WHERE template_id IS NOT NULL;

-- What is known of a file; its bytes are kept elsewhere.
CREATE TABLE attachment (
  tenant_id integer NOT NULL REFERENCES tenant, id uuid NOT NULL,
  base_path text NOT NULL, cdn_url text NOT NULL, file_name text NOT NULL, mime_type text NOT NULL, size bigint NOT NULL CHECK (size >= 0),
  source text NOT NULL DEFAULT 'OPENLINE', app_source text NOT NULL DEFAULT 'customer-os-api',
  created_at timestamptz NOT NULL DEFAULT now(), updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id));
CREATE TABLE timeline_event_attachment (
  tenant_id integer NOT NULL, timeline_event_id uuid NOT NULL, attachment_id uuid NOT NULL,
  relation text COLLATE "C" NOT NULL DEFAULT 'INCLUDES' CHECK (relation IN ('INCLUDES', 'RECORDING')), created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, timeline_event_id, relation, attachment_id),
  FOREIGN KEY (tenant_id, timeline_event_id) REFERENCES timeline_event ON DELETE CASCADE, FOREIGN KEY (tenant_id, attachment_id) REFERENCES attachment ON DELETE CASCADE);
CREATE INDEX timeline_event_attachment_reverse ON timeline_event_attachment (tenant_id, attachment_id);
CREATE TABLE contract_attachment (
  tenant_id integer NOT NULL, contract_id uuid NOT NULL, attachment_id uuid NOT NULL, created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, contract_id, attachment_id),
  FOREIGN KEY (tenant_id, contract_id) REFERENCES contract ON DELETE CASCADE, FOREIGN KEY (tenant_id, attachment_id) REFERENCES attachment ON DELETE CASCADE);
CREATE INDEX contract_attachment_reverse ON contract_attachment (tenant_id, attachment_id, contract_id);
