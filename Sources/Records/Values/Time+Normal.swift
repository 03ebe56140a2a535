package import GraphQL

extension Time {
    /// Why a text is no point in time that can be stored.
    package enum Problem: Error {
        case malformed
        /// Not within `allowed`.
        case outOfRange

        /// What is wrong and what is allowed, following the member's name.
        package var explanation: String {
            switch self {
            case .malformed: "must be an RFC 3339 date-time such as 2026-03-31T09:30:00Z"
            case .outOfRange: "must be in the years 1 to 9999 of UTC: from \(Time.allowed)"
            }
        }
    }

    /// The range of times, in UTC after rounding to microseconds, as they are stored.
    package static let allowed = "0001-01-01T00:00:00Z to 9999-12-31T23:59:59.999999Z"

    /// - Returns: The time in UTC, in the common format.
    package static func normal(_ given: String) throws(Problem) -> String {
        guard let moment = RFC3339(dateTime: given) else { throw .malformed }
        return try normal(moment)
    }

    /// - Returns: The time in UTC, in the common format.
    package static func normal(_ moment: RFC3339) throws(Problem) -> String {
        guard (RFC3339.firstMicrosecond...RFC3339.lastMicrosecond).contains(moment.microseconds) else { throw .outOfRange }
        return moment.text
    }
}
