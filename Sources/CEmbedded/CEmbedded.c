#include "CEmbedded.h"

// #embed is C23, which the compiler accepts in older modes too, but reports.
#pragma clang diagnostic ignored "-Wc23-extensions"

// A zero follows the bytes of each file, so that an empty one is an array too. It is not counted.

static const unsigned char schema_attachment_graphqls[] = {
#embed "../../schema/attachment.graphqls" suffix(,)
    0,
};

static const unsigned char schema_contact_graphqls[] = {
#embed "../../schema/contact.graphqls" suffix(,)
    0,
};

static const unsigned char schema_contract_graphqls[] = {
#embed "../../schema/contract.graphqls" suffix(,)
    0,
};

static const unsigned char schema_core_graphqls[] = {
#embed "../../schema/core.graphqls" suffix(,)
    0,
};

static const unsigned char schema_external_system_graphqls[] = {
#embed "../../schema/external-system.graphqls" suffix(,)
    0,
};

static const unsigned char schema_opportunity_graphqls[] = {
#embed "../../schema/opportunity.graphqls" suffix(,)
    0,
};

static const unsigned char schema_organization_graphqls[] = {
#embed "../../schema/organization.graphqls" suffix(,)
    0,
};

static const unsigned char schema_reach_graphqls[] = {
#embed "../../schema/reach.graphqls" suffix(,)
    0,
};

static const unsigned char schema_settings_graphqls[] = {
#embed "../../schema/settings.graphqls" suffix(,)
    0,
};

static const unsigned char schema_timeline_graphqls[] = {
#embed "../../schema/timeline.graphqls" suffix(,)
    0,
};

static const unsigned char schema_user_graphqls[] = {
#embed "../../schema/user.graphqls" suffix(,)
    0,
};

static const unsigned char migrations_0001_shared_sql[] = {
#embed "../../migrations/0001_shared.sql" suffix(,)
    0,
};

static const unsigned char migrations_0002_bookkeeping_sql[] = {
#embed "../../migrations/0002_bookkeeping.sql" suffix(,)
    0,
};

static const unsigned char migrations_0003_users_sql[] = {
#embed "../../migrations/0003_users.sql" suffix(,)
    0,
};

static const unsigned char migrations_0004_organizations_sql[] = {
#embed "../../migrations/0004_organizations.sql" suffix(,)
    0,
};

static const unsigned char migrations_0005_contacts_sql[] = {
#embed "../../migrations/0005_contacts.sql" suffix(,)
    0,
};

static const unsigned char migrations_0006_reach_sql[] = {
#embed "../../migrations/0006_reach.sql" suffix(,)
    0,
};

static const unsigned char migrations_0007_opportunities_and_billing_sql[] = {
#embed "../../migrations/0007_opportunities_and_billing.sql" suffix(,)
    0,
};

static const unsigned char migrations_0008_timeline_sql[] = {
#embed "../../migrations/0008_timeline.sql" suffix(,)
    0,
};

static const unsigned char migrations_0009_work_sql[] = {
#embed "../../migrations/0009_work.sql" suffix(,)
    0,
};

static const unsigned char migrations_0010_external_systems_sql[] = {
#embed "../../migrations/0010_external_systems.sql" suffix(,)
    0,
};

static const unsigned char migrations_0011_flows_sql[] = {
#embed "../../migrations/0011_flows.sql" suffix(,)
    0,
};

static const unsigned char migrations_0012_table_views_sql[] = {
#embed "../../migrations/0012_table_views.sql" suffix(,)
    0,
};

static const unsigned char migrations_0013_public_hosts_sql[] = {
#embed "../../migrations/0013_public_hosts.sql" suffix(,)
    0,
};

static const unsigned char migrations_0020_derived_of_organizations_sql[] = {
#embed "../../migrations/0020_derived_of_organizations.sql" suffix(,)
    0,
};

static const unsigned char migrations_0021_organization_orders_sql[] = {
#embed "../../migrations/0021_organization_orders.sql" suffix(,)
    0,
};

static const unsigned char migrations_0030_countries_sql[] = {
#embed "../../migrations/0030_countries.sql" suffix(,)
    0,
};

static const unsigned char migrations_0031_reach_sql[] = {
#embed "../../migrations/0031_reach.sql" suffix(,)
    0,
};

static const unsigned char migrations_0040_contact_links_sql[] = {
#embed "../../migrations/0040_contact_links.sql" suffix(,)
    0,
};

static const unsigned char migrations_0041_contact_events_sql[] = {
#embed "../../migrations/0041_contact_events.sql" suffix(,)
    0,
};

static const unsigned char migrations_0050_renewal_engine_sql[] = {
#embed "../../migrations/0050_renewal_engine.sql" suffix(,)
    0,
};

static const unsigned char migrations_0051_line_item_actions_sql[] = {
#embed "../../migrations/0051_line_item_actions.sql" suffix(,)
    0,
};

static const unsigned char migrations_0052_exact_figures_sql[] = {
#embed "../../migrations/0052_exact_figures.sql" suffix(,)
    0,
};

static const unsigned char migrations_0060_timeline_sql[] = {
#embed "../../migrations/0060_timeline.sql" suffix(,)
    0,
};

static const unsigned char migrations_0061_timeline_of_many_sql[] = {
#embed "../../migrations/0061_timeline_of_many.sql" suffix(,)
    0,
};

static const unsigned char migrations_0062_touchpoint_time_sql[] = {
#embed "../../migrations/0062_touchpoint_time.sql" suffix(,)
    0,
};

static const unsigned char migrations_0070_tenants_sql[] = {
#embed "../../migrations/0070_tenants.sql" suffix(,)
    0,
};

static const unsigned char migrations_0080_imports_sql[] = {
#embed "../../migrations/0080_imports.sql" suffix(,)
    0,
};

static const unsigned char migrations_0090_domain_lookup_sql[] = {
#embed "../../migrations/0090_domain_lookup.sql" suffix(,)
    0,
};

static const unsigned char migrations_0095_plans_for_large_tenants_sql[] = {
#embed "../../migrations/0095_plans_for_large_tenants.sql" suffix(,)
    0,
};

static const unsigned char migrations_0096_values_sql[] = {
#embed "../../migrations/0096_values.sql" suffix(,)
    0,
};

static const unsigned char migrations_0097_filters_sql[] = {
#embed "../../migrations/0097_filters.sql" suffix(,)
    0,
};

static const unsigned char migrations_0098_workspaces_of_people_sql[] = {
#embed "../../migrations/0098_workspaces_of_people.sql" suffix(,)
    0,
};

static const unsigned char migrations_0099_import_systems_sql[] = {
#embed "../../migrations/0099_import_systems.sql" suffix(,)
    0,
};

static const unsigned char migrations_0100_normal_forms_sql[] = {
#embed "../../migrations/0100_normal_forms.sql" suffix(,)
    0,
};

static const unsigned char migrations_0101_marks_of_change_sql[] = {
#embed "../../migrations/0101_marks_of_change.sql" suffix(,)
    0,
};

static const unsigned char migrations_0102_key_terms_sql[] = {
#embed "../../migrations/0102_key_terms.sql" suffix(,)
    0,
};

static const unsigned char demo[] = {
#embed "demo.sql" suffix(,)
    0,
};

#define FILE(name, bytes) {name, bytes, sizeof(bytes) - 1}

static const struct embedded_file schema_files[] = {
    FILE("attachment.graphqls", schema_attachment_graphqls),
    FILE("contact.graphqls", schema_contact_graphqls),
    FILE("contract.graphqls", schema_contract_graphqls),
    FILE("core.graphqls", schema_core_graphqls),
    FILE("external-system.graphqls", schema_external_system_graphqls),
    FILE("opportunity.graphqls", schema_opportunity_graphqls),
    FILE("organization.graphqls", schema_organization_graphqls),
    FILE("reach.graphqls", schema_reach_graphqls),
    FILE("settings.graphqls", schema_settings_graphqls),
    FILE("timeline.graphqls", schema_timeline_graphqls),
    FILE("user.graphqls", schema_user_graphqls),
};

static const struct embedded_file migrations_files[] = {
    FILE("0001_shared.sql", migrations_0001_shared_sql),
    FILE("0002_bookkeeping.sql", migrations_0002_bookkeeping_sql),
    FILE("0003_users.sql", migrations_0003_users_sql),
    FILE("0004_organizations.sql", migrations_0004_organizations_sql),
    FILE("0005_contacts.sql", migrations_0005_contacts_sql),
    FILE("0006_reach.sql", migrations_0006_reach_sql),
    FILE("0007_opportunities_and_billing.sql", migrations_0007_opportunities_and_billing_sql),
    FILE("0008_timeline.sql", migrations_0008_timeline_sql),
    FILE("0009_work.sql", migrations_0009_work_sql),
    FILE("0010_external_systems.sql", migrations_0010_external_systems_sql),
    FILE("0011_flows.sql", migrations_0011_flows_sql),
    FILE("0012_table_views.sql", migrations_0012_table_views_sql),
    FILE("0013_public_hosts.sql", migrations_0013_public_hosts_sql),
    FILE("0020_derived_of_organizations.sql", migrations_0020_derived_of_organizations_sql),
    FILE("0021_organization_orders.sql", migrations_0021_organization_orders_sql),
    FILE("0030_countries.sql", migrations_0030_countries_sql),
    FILE("0031_reach.sql", migrations_0031_reach_sql),
    FILE("0040_contact_links.sql", migrations_0040_contact_links_sql),
    FILE("0041_contact_events.sql", migrations_0041_contact_events_sql),
    FILE("0050_renewal_engine.sql", migrations_0050_renewal_engine_sql),
    FILE("0051_line_item_actions.sql", migrations_0051_line_item_actions_sql),
    FILE("0052_exact_figures.sql", migrations_0052_exact_figures_sql),
    FILE("0060_timeline.sql", migrations_0060_timeline_sql),
    FILE("0061_timeline_of_many.sql", migrations_0061_timeline_of_many_sql),
    FILE("0062_touchpoint_time.sql", migrations_0062_touchpoint_time_sql),
    FILE("0070_tenants.sql", migrations_0070_tenants_sql),
    FILE("0080_imports.sql", migrations_0080_imports_sql),
    FILE("0090_domain_lookup.sql", migrations_0090_domain_lookup_sql),
    FILE("0095_plans_for_large_tenants.sql", migrations_0095_plans_for_large_tenants_sql),
    FILE("0096_values.sql", migrations_0096_values_sql),
    FILE("0097_filters.sql", migrations_0097_filters_sql),
    FILE("0098_workspaces_of_people.sql", migrations_0098_workspaces_of_people_sql),
    FILE("0099_import_systems.sql", migrations_0099_import_systems_sql),
    FILE("0100_normal_forms.sql", migrations_0100_normal_forms_sql),
    FILE("0101_marks_of_change.sql", migrations_0101_marks_of_change_sql),
    FILE("0102_key_terms.sql", migrations_0102_key_terms_sql),
};

struct embedded_folder embedded_schema(void) {
    return (struct embedded_folder){schema_files, sizeof(schema_files) / sizeof(struct embedded_file)};
}

struct embedded_folder embedded_migrations(void) {
    return (struct embedded_folder){migrations_files, sizeof(migrations_files) / sizeof(struct embedded_file)};
}

struct embedded_file embedded_demo(void) { return (struct embedded_file)FILE("demo.sql", demo); }

#ifndef CUSTOMEROS_COMMIT
#define CUSTOMEROS_COMMIT unknown
#endif
#define TEXT_OF(word) #word
#define TEXT(word) TEXT_OF(word)

const char *embedded_commit(void) { return TEXT(CUSTOMEROS_COMMIT); }
