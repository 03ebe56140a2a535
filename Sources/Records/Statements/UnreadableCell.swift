/// A cell is not a value of its statement's declared type: a bug.
package struct UnreadableCell: Error, CustomStringConvertible {
    /// `StatementText.name`.
    package let statement: String
    /// From 0.
    package let column: Int
    package let type: String

    package var description: String { "Column \(column) of \(statement) is no \(type)." }
}
