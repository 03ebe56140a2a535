-- Whether the caller is to run the job now: true for one of the servers that ask at the same time.
CREATE OR REPLACE FUNCTION job_begin(p_name text, p_every interval) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO job (name, started_at) VALUES (p_name, clock_timestamp())
    ON CONFLICT (name) DO UPDATE SET started_at = clock_timestamp(), finished_at = NULL, changed = NULL, failed = false
    WHERE job.started_at <= clock_timestamp() - p_every;
  RETURN FOUND;
END $$;
