-- Keeps the time of a change from going back, whoever sets it.
CREATE OR REPLACE FUNCTION time_goes_on() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.updated_at := now_or_later(OLD.updated_at);
  RETURN NEW;
END $$;
