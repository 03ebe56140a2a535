CREATE OR REPLACE TRIGGER organization_email_updates_mark_organizations AFTER UPDATE ON organization_email REFERENCING OLD TABLE AS before NEW TABLE AS after
  FOR EACH STATEMENT WHEN (marks_changes()) EXECUTE FUNCTION mark_organizations_of_updates();
