CREATE OR REPLACE TRIGGER organization_counted AFTER INSERT ON organization FOR EACH ROW EXECUTE FUNCTION kept_count_add();
