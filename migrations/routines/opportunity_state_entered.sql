CREATE OR REPLACE TRIGGER opportunity_state_entered AFTER UPDATE OF state, organization_id ON opportunity FOR EACH ROW
  WHEN (NEW.organization_id IS NOT NULL AND (OLD.organization_id IS NULL OR OLD.state <> NEW.state)) EXECUTE FUNCTION kept_count_add();
