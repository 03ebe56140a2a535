CREATE OR REPLACE TRIGGER organization_location_inserts_mark_organizations AFTER INSERT ON organization_location REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT WHEN (marks_changes()) EXECUTE FUNCTION mark_organizations_of_rows();
