internal import Records

/// The one list that a new feature is added to.
enum Features {
    static let all = [Opportunities.feature]
}
