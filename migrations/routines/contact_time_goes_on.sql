CREATE OR REPLACE TRIGGER contact_time_goes_on BEFORE UPDATE ON contact FOR EACH ROW WHEN (NEW.updated_at < OLD.updated_at AND marks_changes())
  EXECUTE FUNCTION time_goes_on();
