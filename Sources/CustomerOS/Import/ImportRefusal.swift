/// Why a line was not imported, for the author of the file.
struct ImportRefusal: Error {
    let reason: ImportReason
    let message: String

    init(_ message: String, reason: ImportReason = .badValue) {
        self.reason = reason
        self.message = message
    }
}

/// The kinds of refusals, which an import counts. The raw values never change.
public enum ImportReason: String, CaseIterable, Sendable {
    case malformed = "MALFORMED"
    case tooLong = "TOO_LONG"
    case badValue = "BAD_VALUE"
    case unknownOwner = "UNKNOWN_OWNER"
    case unknownOrganization = "UNKNOWN_ORGANIZATION"
    case refusedOrganization = "REFUSED_ORGANIZATION"
    case takenDomain = "TAKEN_DOMAIN"
    case archived = "ARCHIVED"
    case database = "DATABASE"

    /// What it means, and what to do.
    public var explanation: String {
        switch self {
        case .malformed: "the line is not a JSON object"
        case .tooLong: "the line is longer than --line-limit, or has too many values for it"
        case .badValue: "a member is missing, unknown or wrong"
        case .unknownOwner: "ownerEmail names no user: create it, or use --unknown-owners skip or create"
        case .unknownOrganization: "the organization is neither known nor in the file before"
        case .refusedOrganization: "the organization itself was refused: correct its line first"
        case .takenDomain: "another organization has the domain: merge the two, or correct the line"
        case .archived: "the record was archived"
        case .database: "the database cannot store it"
        }
    }
}
