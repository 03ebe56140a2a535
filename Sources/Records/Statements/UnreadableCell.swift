/// A cell is no value of the type that its statement declares: a fault of the program.
package struct UnreadableCell: Error, CustomStringConvertible {
    /// `StatementText.name`.
    package let statement: String
    /// From 0.
    package let column: Int
    package let type: String

    package var description: String { "Column \(column) of \(statement) is no \(type)." }
}
