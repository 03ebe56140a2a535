internal import Records

/// The one list to which a new feature is added.
enum Features {
    static let all = [
        Attachments.feature,
        Organizations.feature,
        Contracts.feature,
        Emails.feature,
        ExternalSystems.feature,
        JobRoles.feature,
        Locations.feature,
        Opportunities.feature,
        PhoneNumbers.feature,
        Settings.feature,
        Socials.feature,
        Tags.feature,
        Timeline.feature,
        WebDomains.feature,
    ]
}
