CREATE OR REPLACE TRIGGER opportunity_counted AFTER INSERT ON opportunity FOR EACH ROW WHEN (NEW.organization_id IS NOT NULL) EXECUTE FUNCTION kept_count_add();
