-- What texts are compared by: lower case by the rules of Unicode, normalized, ordered by code point. The same in a
-- database of any locale.
CREATE OR REPLACE FUNCTION fold(value text) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  folded text COLLATE "C";
BEGIN
  IF octet_length(value) = length(value) THEN RETURN lower(value COLLATE "C"); END IF;
  -- A sigma at the end of a word is one like the others: what is a word's end, libraries see differently.
  folded := replace(lower(value COLLATE "und-x-icu") COLLATE "C", 'ς', 'σ');
  IF folded IS NORMALIZED THEN RETURN folded; END IF;
  RETURN normalize(folded);
END $$;
