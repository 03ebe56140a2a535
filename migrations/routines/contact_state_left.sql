CREATE OR REPLACE TRIGGER contact_state_left AFTER UPDATE OF state ON contact FOR EACH ROW WHEN (OLD.state <> NEW.state) EXECUTE FUNCTION kept_count_remove();
