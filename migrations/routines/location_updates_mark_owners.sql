CREATE OR REPLACE TRIGGER location_updates_mark_owners AFTER UPDATE ON location REFERENCING OLD TABLE AS before NEW TABLE AS after
  FOR EACH STATEMENT WHEN (marks_changes()) EXECUTE FUNCTION mark_owners_of_location();
