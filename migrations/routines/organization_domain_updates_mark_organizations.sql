CREATE OR REPLACE TRIGGER organization_domain_updates_mark_organizations AFTER UPDATE ON organization_domain REFERENCING OLD TABLE AS before NEW TABLE AS after
  FOR EACH STATEMENT WHEN (marks_changes()) EXECUTE FUNCTION mark_organizations_of_updates();
