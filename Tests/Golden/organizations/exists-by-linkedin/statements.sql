-- Query.organization_ExistsByLinkedIn
SELECT EXISTS (
  SELECT
  FROM organization t
  WHERE t.tenant_id = $1
    AND t.id = ANY (
      ARRAY(
        SELECT l.organization_id
        FROM organization_social l
        WHERE l.tenant_id = $1
          AND l.social_id = ANY (
            ARRAY(
              SELECT s.id
              FROM social s
              WHERE s.tenant_id = $1 AND s.url_key = $2::text
              UNION ALL
              SELECT s.id
              FROM social s
              WHERE s.tenant_id = $1
                AND s.alias <> ''
                AND fold(s.alias) = fold($3::text)
                AND starts_with(s.url_key, 'linkedin.com/company/')
              UNION ALL
              SELECT s.id
              FROM social s
              WHERE s.tenant_id = $1
                AND s.external_id <> ''
                AND s.external_id = $3::text
                AND starts_with(s.url_key, 'linkedin.com/company/')
            )
          )
      )
    )
    AND t.state IN ('LIVE', 'HIDDEN')
)

-- Query.organization_ExistsByLinkedIn
SELECT EXISTS (
  SELECT
  FROM organization t
  WHERE t.tenant_id = $1
    AND t.id = ANY (
      ARRAY(
        SELECT l.organization_id
        FROM organization_social l
        WHERE l.tenant_id = $1
          AND l.social_id = ANY (
            ARRAY(
              SELECT s.id
              FROM social s
              WHERE s.tenant_id = $1 AND s.url_key = $2::text
              UNION ALL
              SELECT s.id
              FROM social s
              WHERE s.tenant_id = $1
                AND s.alias <> ''
                AND fold(s.alias) = fold($3::text)
                AND starts_with(s.url_key, 'linkedin.com/company/')
              UNION ALL
              SELECT s.id
              FROM social s
              WHERE s.tenant_id = $1
                AND s.external_id <> ''
                AND s.external_id = $3::text
                AND starts_with(s.url_key, 'linkedin.com/company/')
            )
          )
      )
    )
    AND t.state IN ('LIVE', 'HIDDEN')
)

-- Query.organization_ExistsByLinkedIn
SELECT EXISTS (
  SELECT
  FROM organization t
  WHERE t.tenant_id = $1
    AND t.id = ANY (
      ARRAY(
        SELECT l.organization_id
        FROM organization_social l
        WHERE l.tenant_id = $1
          AND l.social_id = ANY (
            ARRAY(
              SELECT s.id
              FROM social s
              WHERE s.tenant_id = $1 AND s.url_key = $2::text
              UNION ALL
              SELECT s.id
              FROM social s
              WHERE s.tenant_id = $1
                AND s.alias <> ''
                AND fold(s.alias) = fold($3::text)
                AND starts_with(s.url_key, 'linkedin.com/company/')
              UNION ALL
              SELECT s.id
              FROM social s
              WHERE s.tenant_id = $1
                AND s.external_id <> ''
                AND s.external_id = $3::text
                AND starts_with(s.url_key, 'linkedin.com/company/')
            )
          )
      )
    )
    AND t.state IN ('LIVE', 'HIDDEN')
)
