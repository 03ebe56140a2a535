CREATE OR REPLACE TRIGGER organization_email_deletes_mark_organizations AFTER DELETE ON organization_email REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT WHEN (marks_changes()) EXECUTE FUNCTION mark_organizations_of_rows();
