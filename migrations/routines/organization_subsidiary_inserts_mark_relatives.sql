CREATE OR REPLACE TRIGGER organization_subsidiary_inserts_mark_relatives AFTER INSERT ON organization_subsidiary REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT WHEN (marks_changes()) EXECUTE FUNCTION mark_relatives_of_rows();
