CREATE OR REPLACE TRIGGER organization_subsidiary_deletes_mark_relatives AFTER DELETE ON organization_subsidiary REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT WHEN (marks_changes()) EXECUTE FUNCTION mark_relatives_of_rows();
