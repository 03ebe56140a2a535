-- A UUID of version 7, for rows that the database makes itself. The part of the millisecond follows the milliseconds
-- (RFC 9562, section 6.2, method 3), so that ids follow the order in which they are made.
CREATE OR REPLACE FUNCTION time_ordered_id() RETURNS uuid LANGUAGE sql VOLATILE PARALLEL SAFE AS $$
  SELECT encode(overlay(overlay(uuid_send(gen_random_uuid())
      PLACING substring(int8send(moment.microseconds / 1000) FROM 3) FROM 1 FOR 6)
    PLACING substring(int8send(28672 + moment.microseconds % 1000 * 4096 / 1000) FROM 7) FROM 7 FOR 2), 'hex')::uuid
  FROM (SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint AS microseconds OFFSET 0) moment
$$;
