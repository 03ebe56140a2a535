-- Filters over related records begin with the index of the related table. fold_all of a list of constants is a constant, in
-- which PostgreSQL looks values up.
CREATE FUNCTION fold_all(texts text[]) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$ SELECT ARRAY(SELECT fold(value) FROM unnest(texts) value) $$;

-- By the address that clients are shown.
CREATE INDEX email_by_address ON email (tenant_id, fold(coalesce(nullif(email, ''), raw_email)));
CREATE INDEX tag_by_name ON tag (tenant_id, fold(name));
CREATE INDEX location_by_country ON location (tenant_id, fold(country));
CREATE INDEX location_by_country_code_a2 ON location (tenant_id, fold(country_code_a2));
CREATE INDEX location_by_country_code_a3 ON location (tenant_id, fold(country_code_a3));
CREATE INDEX location_by_region ON location (tenant_id, fold(region));
CREATE INDEX location_by_locality ON location (tenant_id, fold(locality));

-- The indexes of names are partial, and PostgreSQL takes no statistics from such: it would think that a name is common.
CREATE STATISTICS contact_name ON fold(name) FROM contact;
CREATE STATISTICS contact_first_name ON fold(first_name) FROM contact;
CREATE STATISTICS contact_last_name ON fold(last_name) FROM contact;
CREATE STATISTICS organization_name ON fold(name) FROM organization;

-- PostgreSQL takes a table that it never looked at for one of some pages, which is better than to have seen it empty.
DO $$
DECLARE
  records regclass;
  is_filled boolean;
BEGIN
  FOREACH records IN ARRAY '{email, tag, location, contact, organization}'::regclass[] LOOP
    EXECUTE format('SELECT EXISTS (SELECT FROM %s)', records) INTO is_filled;
    IF is_filled THEN EXECUTE format('ANALYZE %s', records); END IF;
  END LOOP;
END $$;
