/// What a mutation does, within one transaction.
package protocol Change: Sendable {
    /// What it reads of the argument `input` where that is its only one, and else of its arguments.
    associatedtype Input: Decodable, SendableMetatype
    associatedtype Answer: ChangeAnswer
    /// The root fields that it stands behind.
    static var fields: [String] { get }
    /// Members of the input that have no effect: `name`, or `tax.name` within an object.
    static var ignored: [String] { get }

    init()

    /// - Throws: `FieldError` when the input is refused, `PostgresError` when a statement fails. Then nothing is changed.
    func perform(_ input: Input, _ change: Changing) async throws -> Answer
}

extension Change {
    package static var ignored: [String] { [] }
}
