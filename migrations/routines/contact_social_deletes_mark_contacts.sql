CREATE OR REPLACE TRIGGER contact_social_deletes_mark_contacts AFTER DELETE ON contact_social REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT WHEN (marks_changes()) EXECUTE FUNCTION mark_contacts_of_rows();
