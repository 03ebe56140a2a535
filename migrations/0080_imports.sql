-- What imports remember.

-- By which key of a file a record is known: importing it again changes the record, and makes no other. Keys of different kinds of records
-- have nothing to do with each other.
CREATE TABLE import_key (
  tenant_id integer NOT NULL REFERENCES tenant, kind text COLLATE "C" NOT NULL CHECK (kind IN ('organization', 'contact', 'opportunity', 'interaction')),
  external_id text COLLATE "C" NOT NULL CHECK (external_id <> ''),
  organization_id uuid, contact_id uuid, opportunity_id uuid, interaction_id uuid,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, kind, external_id),
  CHECK (CASE kind WHEN 'organization' THEN organization_id WHEN 'contact' THEN contact_id WHEN 'opportunity' THEN opportunity_id
    ELSE interaction_id END IS NOT NULL AND num_nonnulls(organization_id, contact_id, opportunity_id, interaction_id) = 1),
  FOREIGN KEY (tenant_id, organization_id) REFERENCES organization ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, contact_id) REFERENCES contact ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, opportunity_id) REFERENCES opportunity ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, interaction_id) REFERENCES timeline_event ON DELETE CASCADE);
CREATE INDEX import_key_of_organization ON import_key (tenant_id, organization_id) WHERE organization_id IS NOT NULL;
CREATE INDEX import_key_of_contact ON import_key (tenant_id, contact_id) WHERE contact_id IS NOT NULL;
CREATE INDEX import_key_of_opportunity ON import_key (tenant_id, opportunity_id) WHERE opportunity_id IS NOT NULL;
CREATE INDEX import_key_of_interaction ON import_key (tenant_id, interaction_id) WHERE interaction_id IS NOT NULL;

-- How far a file has come that is being imported. digest is that of the bytes right before the place: it tells another file of the same
-- name apart.
CREATE TABLE import_progress (
  tenant_id integer NOT NULL REFERENCES tenant, file text COLLATE "C" NOT NULL,
  bytes bigint NOT NULL, lines bigint NOT NULL, digest bytea NOT NULL, updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, file));
