CREATE OR REPLACE TRIGGER custom_field_deletes_mark_contacts AFTER DELETE ON custom_field REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT WHEN (marks_changes()) EXECUTE FUNCTION mark_contacts_of_rows();
