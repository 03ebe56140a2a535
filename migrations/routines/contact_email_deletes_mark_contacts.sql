CREATE OR REPLACE TRIGGER contact_email_deletes_mark_contacts AFTER DELETE ON contact_email REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT WHEN (marks_changes()) EXECUTE FUNCTION mark_contacts_of_rows();
