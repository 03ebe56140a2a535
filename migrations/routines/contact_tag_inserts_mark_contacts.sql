CREATE OR REPLACE TRIGGER contact_tag_inserts_mark_contacts AFTER INSERT ON contact_tag REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT WHEN (marks_changes()) EXECUTE FUNCTION mark_contacts_of_rows();
