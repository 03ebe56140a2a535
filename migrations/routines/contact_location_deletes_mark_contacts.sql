CREATE OR REPLACE TRIGGER contact_location_deletes_mark_contacts AFTER DELETE ON contact_location REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT WHEN (marks_changes()) EXECUTE FUNCTION mark_contacts_of_rows();
