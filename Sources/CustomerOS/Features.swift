internal import GraphQL
internal import Records

/// The one list to which a new feature is added.
enum Features {
    static let all = [
        Attachments.feature,
        Billing.feature,
        CommonObjects.feature,
        Contacts.feature,
        Contracts.feature,
        CustomFields.feature,
        Emails.feature,
        ExternalSystems.feature,
        Invoices.feature,
        JobRoles.feature,
        Locations.feature,
        Opportunities.feature,
        Organizations.feature,
        PhoneNumbers.feature,
        Session.feature,
        Settings.feature,
        Socials.feature,
        Tags.feature,
        Timeline.feature,
        Tenants.feature,
        Users.feature,
        WebDomains.feature,
    ]

    static var types: [RecordType] { all.flatMap(\.types) }

    /// The bindings of every object type.
    static let bindings: [String: [String: FieldBinding]] = {
        var bindings: [String: [String: FieldBinding]] = ["Query": [:], "Mutation": [:]]
        for feature in all {
            for type in feature.types { bindings[type.name] = type.bindings }
            bindings.merge(feature.objects) { _, new in new }
            bindings["Query"]?.merge(feature.queries) { _, new in new }
            bindings["Mutation"]?.merge(feature.mutations) { _, new in new }
        }
        return bindings
    }()
}
