-- 20,000 organizations with a domain and two opportunities, 60,000 contacts with an address and a job role, and :events messages from
-- contacts of 5,000 of the organizations to a user, for the demo tenant.
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
CREATE TEMP TABLE message AS SELECT pg_temp.made('event', n) AS id, pg_temp.made('email', k) AS email_id, pg_temp.made('contact', k) AS contact_id,
    pg_temp.made('organization', 1 + k % 20000) AS organization_id, timestamptz '2024-03-01Z' + n * interval '17 seconds' AS at
  FROM generate_series(1, :events) n, LATERAL (SELECT 1 + n % 5000 + 20000 * (n / 5000 % 3) AS k) sender;
INSERT INTO timeline_event (tenant_id, id, kind, created_at, updated_at) SELECT 1, id, 'INTERACTION_EVENT', at, at FROM message;
INSERT INTO interaction_event (tenant_id, id, event_type, channel, content, content_type)
  SELECT 1, id, 'message', 'EMAIL', 'Thank you for the call. The figures for the next quarter are attached. ' || id, 'text/plain' FROM message;
INSERT INTO timeline_event_participant (tenant_id, timeline_event_id, role, email_id, type)
  SELECT 1, id, 'SENT_BY', email_id, 'FROM' FROM message UNION ALL SELECT 1, id, 'SENT_TO', '01900000-0004-7000-8000-000000000101', 'TO' FROM message;
INSERT INTO organization_timeline (tenant_id, timeline_event_id, organization_id, kind, occurred_at) SELECT 1, id, organization_id, 'INTERACTION_EVENT', at FROM message;
INSERT INTO contact_timeline (tenant_id, timeline_event_id, contact_id, kind, occurred_at) SELECT 1, id, contact_id, 'INTERACTION_EVENT', at FROM message;
SELECT kept_count_compact(1);
VACUUM ANALYZE;
