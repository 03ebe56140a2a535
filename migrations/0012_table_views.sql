-- Saved views of tables.

-- A view without a user is shared by the tenant.
CREATE TABLE table_view (
  tenant_id integer NOT NULL REFERENCES tenant, id uuid NOT NULL,
  user_id uuid, table_type text NOT NULL, table_id text COLLATE "C" NOT NULL, name text NOT NULL, position integer NOT NULL, icon text NOT NULL DEFAULT '',
  columns jsonb NOT NULL, filters text NOT NULL DEFAULT '', default_filters text NOT NULL DEFAULT '', sorting text NOT NULL DEFAULT '', is_preset boolean NOT NULL DEFAULT false,
  source text NOT NULL DEFAULT 'OPENLINE', app_source text NOT NULL DEFAULT 'customer-os-api',
  created_at timestamptz NOT NULL DEFAULT now(), updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, id), FOREIGN KEY (tenant_id, user_id) REFERENCES app_user ON DELETE CASCADE);
CREATE INDEX table_view_list ON table_view (tenant_id, user_id, position);
-- Lets two requests create the presets at the same time.
CREATE UNIQUE INDEX table_view_one_preset ON table_view (tenant_id, user_id, table_id) NULLS NOT DISTINCT WHERE is_preset;
