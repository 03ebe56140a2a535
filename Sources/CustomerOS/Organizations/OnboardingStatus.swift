internal import Records

/// The onboarding status of an organization.
enum OnboardingStatus: String, Word {
    case notApplicable = "NOT_APPLICABLE"
    case notStarted = "NOT_STARTED"
    case onTrack = "ON_TRACK"
    case late = "LATE"
    case stuck = "STUCK"
    case done = "DONE"
    case successful = "SUCCESSFUL"

    /// `ON_TRACK` is "On track".
    var words: String {
        String(rawValue.prefix(1)) + String(rawValue.dropFirst().lowercased().map { $0 == "_" ? " " : $0 })
    }
}
