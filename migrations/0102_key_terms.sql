-- Keys that may only read, and how much keys and tenants may ask for in a minute; null is no limit. Older programs may run beside this:
-- they do not know of these terms, and let such keys do everything.
ALTER TABLE api_key
  ADD COLUMN read_only boolean NOT NULL DEFAULT false,
  ADD COLUMN requests_per_minute integer CHECK (requests_per_minute BETWEEN 1 AND 1000000000),
  ADD COLUMN cost_per_minute integer CHECK (cost_per_minute BETWEEN 1 AND 1000000000);
ALTER TABLE tenant
  ADD COLUMN requests_per_minute integer CHECK (requests_per_minute BETWEEN 1 AND 1000000000),
  ADD COLUMN cost_per_minute integer CHECK (cost_per_minute BETWEEN 1 AND 1000000000);
