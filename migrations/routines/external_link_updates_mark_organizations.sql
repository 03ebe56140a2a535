CREATE OR REPLACE TRIGGER external_link_updates_mark_organizations AFTER UPDATE ON external_link REFERENCING OLD TABLE AS before NEW TABLE AS after
  FOR EACH STATEMENT WHEN (marks_changes()) EXECUTE FUNCTION mark_organizations_of_updates();
