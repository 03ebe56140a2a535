CREATE OR REPLACE TRIGGER external_link_inserts_mark_contacts AFTER INSERT ON external_link REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT WHEN (marks_changes()) EXECUTE FUNCTION mark_contacts_of_rows();
