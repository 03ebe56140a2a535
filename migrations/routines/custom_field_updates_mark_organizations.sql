CREATE OR REPLACE TRIGGER custom_field_updates_mark_organizations AFTER UPDATE ON custom_field REFERENCING OLD TABLE AS before NEW TABLE AS after
  FOR EACH STATEMENT WHEN (marks_changes()) EXECUTE FUNCTION mark_organizations_of_updates();
