CREATE OR REPLACE TRIGGER external_link_deletes_mark_organizations AFTER DELETE ON external_link REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT WHEN (marks_changes()) EXECUTE FUNCTION mark_organizations_of_rows();
