-- compatible-from: 0.2.0
-- Functions, procedures, views and triggers have files of their own from here on, in migrations/routines. This table says with which text,
-- and of which version of the program, each was applied last.
CREATE TABLE schema_routine (
  name text COLLATE "C" PRIMARY KEY, checksum text NOT NULL, version text NOT NULL, applied_at moment NOT NULL DEFAULT now());

-- The oldest version of the program that may run on a database with the migration.
ALTER TABLE schema_migration ADD compatible_from text;
