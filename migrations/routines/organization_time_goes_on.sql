CREATE OR REPLACE TRIGGER organization_time_goes_on BEFORE UPDATE ON organization FOR EACH ROW
  WHEN (NEW.updated_at < OLD.updated_at AND marks_changes()) EXECUTE FUNCTION time_goes_on();
