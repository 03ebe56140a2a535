CREATE OR REPLACE TRIGGER job_role_deletes_mark_contacts AFTER DELETE ON job_role REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT WHEN (marks_changes()) EXECUTE FUNCTION mark_contacts_of_rows();
