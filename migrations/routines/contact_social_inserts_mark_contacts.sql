CREATE OR REPLACE TRIGGER contact_social_inserts_mark_contacts AFTER INSERT ON contact_social REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT WHEN (marks_changes()) EXECUTE FUNCTION mark_contacts_of_rows();
