-- Whether triggers mark records as changed. A load that says itself when its records changed switches them off: SET
-- LOCAL customeros.marks = 'off'.
CREATE OR REPLACE FUNCTION marks_changes() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
AS $$ SELECT current_setting('customeros.marks', true) IS DISTINCT FROM 'off' $$;
