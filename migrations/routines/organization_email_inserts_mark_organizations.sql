CREATE OR REPLACE TRIGGER organization_email_inserts_mark_organizations AFTER INSERT ON organization_email REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT WHEN (marks_changes()) EXECUTE FUNCTION mark_organizations_of_rows();
