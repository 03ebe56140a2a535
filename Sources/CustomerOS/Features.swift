internal import Records

/// The one list to which a new feature is added.
enum Features {
    static let all = [
        Attachments.feature,
        Billing.feature,
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
}
