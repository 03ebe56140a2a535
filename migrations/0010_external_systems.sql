-- Links to the same records in other systems.

CREATE TABLE external_system (
  tenant_id integer NOT NULL REFERENCES tenant, type text COLLATE "C" NOT NULL, payment_method_types text[] NOT NULL DEFAULT '{}',
  created_at timestamptz NOT NULL DEFAULT now(), updated_at timestamptz NOT NULL DEFAULT now(), PRIMARY KEY (tenant_id, type));

-- Found by the external id before the owner is known, hence one table for all owners.
CREATE TABLE external_link (
  tenant_id integer NOT NULL, id uuid NOT NULL,
  system text COLLATE "C" NOT NULL, external_id text COLLATE "C" NOT NULL, external_url text, external_source text, synced_at timestamptz,
  organization_id uuid, contact_id uuid, opportunity_id uuid, contract_id uuid, service_line_item_id uuid, timeline_event_id uuid, comment_id uuid,
  owner_id uuid NOT NULL GENERATED ALWAYS AS (coalesce(organization_id, contact_id, opportunity_id, contract_id, service_line_item_id, timeline_event_id, comment_id)) STORED,
  created_at timestamptz NOT NULL DEFAULT now(), updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id), UNIQUE (tenant_id, system, external_id, owner_id),
  CHECK (num_nonnulls(organization_id, contact_id, opportunity_id, contract_id, service_line_item_id, timeline_event_id, comment_id) = 1),
  FOREIGN KEY (tenant_id, system) REFERENCES external_system,
  FOREIGN KEY (tenant_id, organization_id) REFERENCES organization ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, contact_id) REFERENCES contact ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, opportunity_id) REFERENCES opportunity ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, contract_id) REFERENCES contract ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, service_line_item_id) REFERENCES service_line_item ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, timeline_event_id) REFERENCES timeline_event ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, comment_id) REFERENCES comment ON DELETE CASCADE);
CREATE INDEX external_link_of_organization ON external_link (tenant_id, organization_id, system) WHERE organization_id IS NOT NULL;
CREATE INDEX external_link_of_contact ON external_link (tenant_id, contact_id, system) WHERE contact_id IS NOT NULL;
CREATE INDEX external_link_of_opportunity ON external_link (tenant_id, opportunity_id, system) WHERE opportunity_id IS NOT NULL;
CREATE INDEX external_link_of_contract ON external_link (tenant_id, contract_id, system) WHERE contract_id IS NOT NULL;
CREATE INDEX external_link_of_service_line_item ON external_link (tenant_id, service_line_item_id, system) WHERE service_line_item_id IS NOT NULL;
CREATE INDEX external_link_of_timeline_event ON external_link (tenant_id, timeline_event_id, system) WHERE timeline_event_id IS NOT NULL;
CREATE INDEX external_link_of_comment ON external_link (tenant_id, comment_id, system) WHERE comment_id IS NOT NULL;
