CREATE OR REPLACE TRIGGER custom_field_inserts_mark_organizations AFTER INSERT ON custom_field REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT WHEN (marks_changes()) EXECUTE FUNCTION mark_organizations_of_rows();
