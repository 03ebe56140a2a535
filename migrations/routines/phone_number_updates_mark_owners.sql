CREATE OR REPLACE TRIGGER phone_number_updates_mark_owners AFTER UPDATE ON phone_number REFERENCING OLD TABLE AS before NEW TABLE AS after
  FOR EACH STATEMENT WHEN (marks_changes()) EXECUTE FUNCTION mark_owners_of_phone_number();
