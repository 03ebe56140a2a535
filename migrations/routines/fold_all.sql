-- Folds each text. Filters over related records start from the index of the related table; fold_all of a list of
-- constants is a constant, in which PostgreSQL looks values up.
CREATE OR REPLACE FUNCTION fold_all(texts text[]) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$ SELECT ARRAY(SELECT fold(value) FROM unnest(texts) value) $$;
