-- Pages end their order with creation and id. With creation in the index too, the many organizations that have no renewal, or were
-- touched or changed at one moment, are not sorted for each page.

DROP INDEX organization_by_updated;
DROP INDEX organization_by_touchpoint;
DROP INDEX organization_by_renewal;
CREATE INDEX organization_by_updated ON organization (tenant_id, updated_at, created_at, id) WHERE state IN ('LIVE', 'HIDDEN');
CREATE INDEX organization_by_touchpoint ON organization (tenant_id, last_touchpoint_at, created_at, id) WHERE state IN ('LIVE', 'HIDDEN');
CREATE INDEX organization_by_renewal ON organization (tenant_id, next_renewal_at, created_at, id) WHERE state IN ('LIVE', 'HIDDEN');
