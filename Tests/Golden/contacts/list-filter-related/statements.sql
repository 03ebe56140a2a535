-- Query.contacts.count
SELECT count(*)
FROM contact t
WHERE t.tenant_id = $1
  AND t.state = 'LIVE'
  AND t.state IN ('LIVE', 'HIDDEN')
  AND (
    (
      t.id IN (
        SELECT l.contact_id
        FROM contact_tag l
        JOIN tag g ON g.tenant_id = $1 AND g.id = l.tag_id
        WHERE l.tenant_id = $1 AND fold(g.name) = fold($2::text)
      )
    )
    AND (t.owner_id = $3::uuid)
    AND (
      NOT EXISTS (
        SELECT
        FROM contact_location l
        JOIN location p ON p.tenant_id = $1 AND p.id = l.location_id
        WHERE l.tenant_id = $1 AND l.contact_id = t.id AND p.country <> ''
      )
    )
  )

-- Query.contacts
SELECT NULL, t.name, t.id
FROM contact t
WHERE t.tenant_id = $1
  AND t.state = 'LIVE'
  AND t.state IN ('LIVE', 'HIDDEN')
  AND (
    (
      t.id IN (
        SELECT l.contact_id
        FROM contact_tag l
        JOIN tag g ON g.tenant_id = $1 AND g.id = l.tag_id
        WHERE l.tenant_id = $1 AND fold(g.name) = fold($2::text)
      )
    )
    AND (t.owner_id = $3::uuid)
    AND (
      NOT EXISTS (
        SELECT
        FROM contact_location l
        JOIN location p ON p.tenant_id = $1 AND p.id = l.location_id
        WHERE l.tenant_id = $1 AND l.contact_id = t.id AND p.country <> ''
      )
    )
  )
ORDER BY t.created_at, t.id
LIMIT $4
OFFSET $5

-- Contact.tags
SELECT l.contact_id, t.name
FROM contact_tag l
JOIN tag t ON t.tenant_id = l.tenant_id AND t.id = l.tag_id
WHERE l.tenant_id = $1 AND l.contact_id = ANY ($2::uuid[])
ORDER BY l.tagged_at, t.name, t.id
