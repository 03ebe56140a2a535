CREATE OR REPLACE TRIGGER job_role_updates_mark_contacts AFTER UPDATE ON job_role REFERENCING OLD TABLE AS before NEW TABLE AS after
  FOR EACH STATEMENT WHEN (marks_changes()) EXECUTE FUNCTION mark_contacts_of_updates();
