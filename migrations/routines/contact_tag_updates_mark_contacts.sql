CREATE OR REPLACE TRIGGER contact_tag_updates_mark_contacts AFTER UPDATE ON contact_tag REFERENCING OLD TABLE AS before NEW TABLE AS after
  FOR EACH STATEMENT WHEN (marks_changes()) EXECUTE FUNCTION mark_contacts_of_updates();
