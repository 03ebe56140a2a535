internal import Postgres

/// How a file is imported.
public struct ImportOptions: Sendable {
    /// What happens where a line names an owner who is no user of the tenant.
    public enum UnknownOwners: String, CaseIterable, Sendable {
        /// The line is refused.
        case refuse
        /// The record keeps the owner that it has.
        case skip
        /// The user is made, with the role USER.
        case create
    }

    /// What happens to a line whose record is right, but not what belongs to it: a phone number or a time zone that
    /// cannot be, or a stage that the tenant does not have.
    public enum BadValues: String, CaseIterable, Sendable {
        /// The value is left out and counted.
        case drop
        /// The line is refused.
        case refuse
    }

    /// The longest line that is read, in bytes, unless another limit is given.
    public static let standardLineLimit = 16 * 1024 * 1024

    /// The system that the keys of the file belong to, one of `systems`; nil is none.
    public var system: String?
    public var unknownOwners = UnknownOwners.refuse
    public var badValues = BadValues.drop
    /// Judges every line as an import does, and leaves the tenant as it is.
    public var isDryRun = false
    /// The longest line in bytes, without its line end.
    public var lineLimit = ImportOptions.standardLineLimit

    /// How many values a line may have, those within others counted too: a value takes far more memory than its text. Names and addresses
    /// are longer than the eight bytes of each, so that a line of them is bounded by its length alone.
    var valueLimit: Int { max(10_000, lineLimit / 8) }

    public init() {}

    /// The systems that keys may belong to.
    public static var systems: [String] { ExternalSystemType.names.map(\.text) }

    /// The system that a text means, in any mix of capital and small letters; nil when it means none.
    public static func system(_ text: String) -> String? { ExternalSystemType.name(text) }
}
