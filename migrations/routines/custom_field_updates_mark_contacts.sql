CREATE OR REPLACE TRIGGER custom_field_updates_mark_contacts AFTER UPDATE ON custom_field REFERENCING OLD TABLE AS before NEW TABLE AS after
  FOR EACH STATEMENT WHEN (marks_changes()) EXECUTE FUNCTION mark_contacts_of_updates();
