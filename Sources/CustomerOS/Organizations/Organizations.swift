internal import GraphQL
internal import Postgres
internal import Records

/// The reads and changes of organizations.
enum Organizations {
    static let feature = Feature(
        types + AccountDetails.objects + [LastTouchpoint.object] + reads + changes)

    private static let types: [Feature.Part] = [
        .type(Organization.self), .type(LinkedOrganization.self), .type(SuggestedMerge.self), .type(Industry.self),
        .object("OrganizationPage", .page(totalAvailable: true)),
    ]

    private static let reads: [Feature.Part] = [
        .lookup("organization", Organization.self),
        .page("organizations", Organization.self, count: count),
        .lookup("organization_ByCustomerOsId", OrganizationSearch.byCode),
        .lookup("organization_ByCustomId", OrganizationSearch.byReference),
        .lookup("organization_ByLinkedIn", OrganizationSearch.byLinkedIn),
        .exists("organization_ExistsByLinkedIn", OrganizationSearch.byLinkedIn),
        .list(
            "organization_DistinctOwners", User.self, of: NoInput.self,
            order: "t.first_name, t.last_name, t.name, t.id"
        ) { p in
            """
            EXISTS (SELECT FROM organization o
            WHERE o.tenant_id = \(p.tenant) AND o.owner_id = t.id AND o.state IN ('LIVE', 'HIDDEN'))
            """
        },
        .list("industries_InUse", Industry.self, order: "t.name, t.code", isSlow: true),
        WebsiteCheck.read,
        .values("organizations_HiddenAfter", as: .text, of: HiddenAfter.self, isSlow: true) { p in
            """
            SELECT id FROM organization WHERE tenant_id = \(p.tenant) AND state IN ('HIDDEN', 'MERGED', 'ARCHIVED')
            AND state_changed_at > \(p.date) ORDER BY state_changed_at, id
            """
        },
    ]

    /// Totals are kept.
    private static let count: SQL = """
        SELECT coalesce(sum(count), 0) FROM kept_count_now
        WHERE tenant_id = $1 AND subject = 'organization' AND state IN ('LIVE', 'HIDDEN')
        """

    private struct HiddenAfter: Decodable { let date: Time }

    private static let changes: [Feature.Part] = [
        .change(SaveOrganization.self), .change(UpdateOrganization.self),
        .change(MergeOrganizations.self),
        .change(AddSubsidiary.self), .change(RemoveSubsidiary.self),
        .change(AddWebDomain.self), .change(RemoveWebDomains.self), .change(RemoveWebDomain.self),
        .change(RemoveAllWebDomains.self),
        .change(HideOrganization.self), .change(ShowOrganization.self), .change(HideOrganizations.self),
        .change(ShowOrganizations.self),
        .change(ArchiveOrganization.self), .change(ArchiveOrganizations.self),
        .change(SetOrganizationOwner.self), .change(UnsetOrganizationOwner.self), .change(UpdateOnboardingStatus.self),
        .change(FlagWrongField.self),
    ]
}
