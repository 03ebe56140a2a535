CREATE OR REPLACE TRIGGER organization_uncounted AFTER DELETE ON organization FOR EACH ROW EXECUTE FUNCTION kept_count_remove();
