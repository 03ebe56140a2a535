CREATE OR REPLACE TRIGGER job_role_updates_mark_organizations AFTER UPDATE ON job_role REFERENCING OLD TABLE AS before NEW TABLE AS after
  FOR EACH STATEMENT WHEN (marks_changes()) EXECUTE FUNCTION mark_organizations_of_updates();
