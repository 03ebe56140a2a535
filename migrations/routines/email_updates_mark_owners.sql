CREATE OR REPLACE TRIGGER email_updates_mark_owners AFTER UPDATE ON email REFERENCING OLD TABLE AS before NEW TABLE AS after
  FOR EACH STATEMENT WHEN (marks_changes()) EXECUTE FUNCTION mark_owners_of_email();
