CREATE OR REPLACE TRIGGER organization_state_left AFTER UPDATE OF state ON organization FOR EACH ROW WHEN (OLD.state <> NEW.state) EXECUTE FUNCTION kept_count_remove();
