-- The time for a change. It never goes back: a transaction may have started before one that has already ended.
CREATE OR REPLACE FUNCTION now_or_later(updated_at timestamptz) RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE
AS $$ SELECT greatest((SELECT now()), updated_at + interval '1 microsecond') $$;
