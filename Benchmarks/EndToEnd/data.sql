-- 20,000 organizations with a domain and two opportunities, 60,000 contacts with an address and a job role, for the demo tenant.
CREATE FUNCTION pg_temp.made(kind text, n integer) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$ SELECT md5(kind || n)::uuid $$;
INSERT INTO organization (tenant_id, id, customer_os_id, name, website, stage, relationship, created_at)
  SELECT 1, pg_temp.made('organization', n), 'X-' || n, 'Company ' || md5(n::text), 'https://c' || n || '.com', 'TARGET', 'PROSPECT',
    timestamptz '2024-01-01Z' + n * interval '1 minute' FROM generate_series(1, 20000) n;
INSERT INTO organization_domain (tenant_id, domain, organization_id)
  SELECT 1, 'c' || n || '.com', pg_temp.made('organization', n) FROM generate_series(1, 20000) n;
INSERT INTO opportunity (tenant_id, id, organization_id, name, amount, created_at)
  SELECT 1, pg_temp.made('opportunity', n), pg_temp.made('organization', 1 + n % 20000), 'Opportunity ' || n, n,
    timestamptz '2024-02-01Z' + n * interval '1 minute' FROM generate_series(1, 40000) n;
INSERT INTO contact (tenant_id, id, prefix, name, first_name, last_name, created_at)
  SELECT 1, pg_temp.made('contact', n), 'Ms', 'Anna ' || md5(n::text), 'Anna', md5(n::text), timestamptz '2024-01-01Z' + n * interval '1 minute'
  FROM generate_series(1, 60000) n;
INSERT INTO email (tenant_id, id, raw_email, email) SELECT 1, pg_temp.made('email', n), 'c' || n || '@c.com', 'c' || n || '@c.com' FROM generate_series(1, 60000) n;
INSERT INTO contact_email (tenant_id, contact_id, email_id, is_primary) SELECT 1, pg_temp.made('contact', n), pg_temp.made('email', n), true FROM generate_series(1, 60000) n;
INSERT INTO job_role (tenant_id, id, contact_id, organization_id, job_title)
  SELECT 1, pg_temp.made('job_role', n), pg_temp.made('contact', n), pg_temp.made('organization', 1 + n % 20000), 'Buyer' FROM generate_series(1, 60000) n;
SELECT kept_count_compact(1);
ANALYZE;
