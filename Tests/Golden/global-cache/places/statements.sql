-- Query.global_Cache
SELECT NULL
FROM (SELECT id, $2::uuid AS user_id, $3::boolean AS is_platform_owner FROM tenant WHERE id = $1) t

-- GlobalCache.gCliCache
SELECT NULL, t.name, t.id
FROM country_state t
WHERE t.country_id = (SELECT id FROM country WHERE code_a2 = 'US')
ORDER BY t.name

-- GCliItem.data
SELECT t.id, t.code
FROM country_state t
WHERE $1::integer = $1 AND t.id = ANY ($2::uuid[])
