-- A domain's organization comes from the index alone. Without it the planner, where the average tenant is small, reads the index by
-- organization from end to end instead, which is slow for a large tenant.
CREATE UNIQUE INDEX organization_domain_lookup ON organization_domain (tenant_id, domain) INCLUDE (organization_id);
