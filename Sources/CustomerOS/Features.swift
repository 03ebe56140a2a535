internal import Records

/// The one list to which a new feature is added.
enum Features {
    static let all = [
        Contracts.feature,
        Opportunities.feature,
        Tags.feature,
    ]
}
