-- no statement

-- then

-- no statement
