internal import Postgres

/// How a file is imported.
public struct ImportOptions: Sendable {
    /// What happens if a line names an owner who is not a user of the tenant.
    public enum UnknownOwners: String, CaseIterable, Sendable {
        /// The line is refused.
        case refuse
        /// The record keeps its owner.
        case skip
        /// The user is created, with the role USER.
        case create
    }

    /// What happens to a valid line with an invalid side value: an impossible phone number or time zone, or a stage the
    /// tenant does not have.
    public enum BadValues: String, CaseIterable, Sendable {
        /// The value is dropped and counted.
        case drop
        /// The line is refused.
        case refuse
    }

    /// The default limit of a line, in bytes.
    public static let standardLineLimit = 16 * 1024 * 1024

    /// The system of the file's keys, one of `systems`; nil is none.
    public var system: String?
    public var unknownOwners = UnknownOwners.refuse
    public var badValues = BadValues.drop
    /// Checks every line as an import does, and leaves the tenant unchanged.
    public var isDryRun = false
    /// The longest line in bytes, without its line end.
    public var lineLimit = ImportOptions.standardLineLimit

    /// How many values a line may have, nested ones included: a value takes far more memory than its text. Names and
    /// addresses are longer than eight bytes each, so a line of them is bounded by its length alone.
    var valueLimit: Int { max(10_000, lineLimit / 8) }

    public init() {}

    /// The systems that keys may belong to.
    public static var systems: [String] { ExternalSystemType.allCases.map(\.rawValue) }

    /// The system that a text means, in any case; nil if none.
    public static func system(_ text: String) -> String? { ExternalSystemType(named: text)?.rawValue }
}
