internal import Postgres
internal import Records

/// Owners and addresses whose links change. The owners' timelines show the events of their addresses.
struct AddressTimelines {
    var contacts: [ID<Contact>] = []
    var organizations: [ID<Organization>] = []
    var emails: [ID<Email>] = []
    var phoneNumbers: [ID<PhoneNumber>] = []

    private static let refresh = Statement<AddressTimelines, Void>("timeline.refresh_addresses") { p in
        """
        CALL timeline_refresh_addresses(\(p.tenant)::integer, \(p.contacts), \(p.organizations), \(p.emails), \(p.phoneNumbers))
        """
    }

    /// Refreshes the timelines, unless no owner has one.
    var refreshed: BoundStatement<Void> { Self.refresh.with(self, if: !contacts.isEmpty || !organizations.isEmpty) }
}
