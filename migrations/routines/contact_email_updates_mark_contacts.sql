CREATE OR REPLACE TRIGGER contact_email_updates_mark_contacts AFTER UPDATE ON contact_email REFERENCING OLD TABLE AS before NEW TABLE AS after
  FOR EACH STATEMENT WHEN (marks_changes()) EXECUTE FUNCTION mark_contacts_of_updates();
