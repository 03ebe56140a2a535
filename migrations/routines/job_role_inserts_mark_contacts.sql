CREATE OR REPLACE TRIGGER job_role_inserts_mark_contacts AFTER INSERT ON job_role REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT WHEN (marks_changes()) EXECUTE FUNCTION mark_contacts_of_rows();
