CREATE OR REPLACE TRIGGER tag_updates_mark_owners AFTER UPDATE ON tag REFERENCING OLD TABLE AS before NEW TABLE AS after
  FOR EACH STATEMENT WHEN (marks_changes()) EXECUTE FUNCTION mark_owners_of_tag();
