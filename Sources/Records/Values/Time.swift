package import Postgres

/// A point in time in PostgreSQL's form: RFC 3339, checked when the request was coerced.
package struct Time: Sendable, Hashable {
    package let text: String

    package init(_ text: String) { self.text = text }
}

extension Time: ParameterValue {
    package static var cast: SQL { "timestamptz" }

    package var parameter: Parameter { .text(text) }
}

extension Time: CellValue {
    package static func read(_ cell: UnsafeBufferPointer<UInt8>?) -> Time? { String.read(cell).map(Time.init) }
}
