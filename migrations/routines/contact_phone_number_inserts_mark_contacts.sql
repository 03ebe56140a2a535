CREATE OR REPLACE TRIGGER contact_phone_number_inserts_mark_contacts AFTER INSERT ON contact_phone_number REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT WHEN (marks_changes()) EXECUTE FUNCTION mark_contacts_of_rows();
