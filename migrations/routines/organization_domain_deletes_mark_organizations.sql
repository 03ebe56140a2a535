CREATE OR REPLACE TRIGGER organization_domain_deletes_mark_organizations AFTER DELETE ON organization_domain REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT WHEN (marks_changes()) EXECUTE FUNCTION mark_organizations_of_rows();
