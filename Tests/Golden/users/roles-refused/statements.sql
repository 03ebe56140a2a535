-- no statement

-- then

-- no statement

-- then

-- no statement

-- then

-- no statement

-- then

-- no statement
