CREATE OR REPLACE TRIGGER organization_subsidiary_updates_mark_relatives AFTER UPDATE ON organization_subsidiary
  REFERENCING OLD TABLE AS before NEW TABLE AS after
  FOR EACH STATEMENT WHEN (marks_changes()) EXECUTE FUNCTION mark_relatives_of_updates();
