CREATE OR REPLACE TRIGGER opportunity_state_left AFTER UPDATE OF state, organization_id ON opportunity FOR EACH ROW
  WHEN (OLD.organization_id IS NOT NULL AND (NEW.organization_id IS NULL OR OLD.state <> NEW.state)) EXECUTE FUNCTION kept_count_remove();
