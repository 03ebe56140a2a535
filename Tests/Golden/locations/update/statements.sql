-- location.overwrite
UPDATE location
SET updated_at = now(),
  country_code_a2 = $3,
  country_code_a3 = $4,
  name = coalesce($5::text, ''),
  raw_address = coalesce($6::text, ''),
  country = coalesce($7::text, ''),
  region = coalesce($8::text, ''),
  district = coalesce($9::text, ''),
  locality = coalesce($10::text, ''),
  street = coalesce($11::text, ''),
  address = coalesce($12::text, ''),
  address2 = coalesce($13::text, ''),
  zip = coalesce($14::text, ''),
  address_type = coalesce($15::text, ''),
  house_number = coalesce($16::text, ''),
  postal_code = coalesce($17::text, ''),
  plus_four = coalesce($18::text, ''),
  commercial = coalesce($19::boolean, false),
  predirection = coalesce($20::text, ''),
  latitude = coalesce($21::double precision, NULL),
  longitude = coalesce($22::double precision, NULL),
  time_zone = coalesce($23::text, ''),
  utc_offset = coalesce($24::double precision, NULL)
WHERE tenant_id = $1 AND id = $2::uuid
RETURNING id

-- Mutation.location_Update
SELECT NULL,
  t.id,
  t.name,
  t.raw_address,
  t.country,
  t.country_code_a2,
  t.region,
  t.district,
  t.locality,
  t.street,
  t.address,
  t.address2,
  t.zip,
  t.address_type,
  t.house_number,
  t.postal_code,
  t.plus_four,
  t.commercial,
  t.predirection,
  t.latitude,
  t.longitude,
  t.time_zone,
  t.utc_offset
FROM location t
WHERE t.tenant_id = $1 AND t.id = $2::uuid
