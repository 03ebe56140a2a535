CREATE OR REPLACE TRIGGER opportunity_uncounted AFTER DELETE ON opportunity FOR EACH ROW WHEN (OLD.organization_id IS NOT NULL) EXECUTE FUNCTION kept_count_remove();
