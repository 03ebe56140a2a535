CREATE OR REPLACE TRIGGER organization_suggested_merge_inserts_mark_organizations AFTER INSERT ON organization_suggested_merge REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT WHEN (marks_changes()) EXECUTE FUNCTION mark_organizations_of_rows();
