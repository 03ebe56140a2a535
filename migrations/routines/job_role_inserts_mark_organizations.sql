CREATE OR REPLACE TRIGGER job_role_inserts_mark_organizations AFTER INSERT ON job_role REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT WHEN (marks_changes()) EXECUTE FUNCTION mark_organizations_of_rows();
