-- Keys of imports belong to a system, as SALESFORCE; '' is that of files that name none. The line of a key that a merge has brought to
-- another record with a key adds to that record, and overwrites nothing.
ALTER TABLE import_key ADD COLUMN system text COLLATE "C" NOT NULL DEFAULT '', ADD COLUMN is_merged boolean NOT NULL DEFAULT false;
ALTER TABLE import_key DROP CONSTRAINT import_key_pkey, ADD PRIMARY KEY (tenant_id, kind, system, external_id);
ALTER TABLE import_progress ADD COLUMN system text COLLATE "C" NOT NULL DEFAULT '';
