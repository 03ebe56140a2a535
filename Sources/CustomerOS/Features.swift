internal import Records

/// The one list to which a new feature is added.
enum Features {
    static let all = [
        Attachments.feature,
        Organizations.feature,
        Contracts.feature,
        ExternalSystems.feature,
        Opportunities.feature,
        Settings.feature,
        Tags.feature,
    ]
}
