CREATE OR REPLACE TRIGGER contact_tag_deletes_mark_contacts AFTER DELETE ON contact_tag REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT WHEN (marks_changes()) EXECUTE FUNCTION mark_contacts_of_rows();
