package import GraphQL

/// What a mutation does, within one transaction.
package protocol Change: Sendable {
    /// Decoded from the argument `input` if that is the only one, otherwise from all arguments.
    associatedtype Input: Decodable, SendableMetatype
    associatedtype Answer: ChangeAnswer
    /// The root fields it resolves.
    static var fields: [String] { get }
    /// Members of the input without effect: `name`, or `tax.name` within an object.
    static var ignored: [String] { get }
    /// The error if the argument `input` is the only one, and the client omits it or gives null. Nil reads an empty
    /// object, whose members are all absent.
    static var withoutInput: FieldError? { get }

    init()

    /// - Throws: `FieldError` if the input is refused, `PostgresError` if a statement fails. Then nothing is changed.
    func perform(_ input: Input, _ change: Changing) async throws -> Answer
}

extension Change {
    package static var ignored: [String] { [] }
    package static var withoutInput: FieldError? { nil }
}
