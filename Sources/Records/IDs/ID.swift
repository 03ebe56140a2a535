package import Postgres

/// The id of a record of one kind: a UUID. Using another kind's id does not compile.
package struct ID<Kind>: Sendable {
    /// Ids are compared by it, ignoring the case of their digits.
    package let key: UUIDKey
    /// As given or stored, for messages and answers.
    package let text: String

    /// - Parameter text: Text that is not a UUID is the id of nothing.
    package init(_ text: String) {
        var digits = text
        key = digits.withUTF8 { UUIDKey($0) } ?? .zero
        self.text = text
    }

    /// The nil UUID, which no row has.
    package static var nobody: ID { ID("00000000-0000-0000-0000-000000000000") }

    /// Whether no row can have it.
    package var isNobody: Bool { key == .zero }

    /// Nil for the empty text, which clients use for no id.
    package var unlessEmpty: ID? { text.isEmpty ? nil : self }
}

extension ID: Hashable {
    package static func == (left: ID, right: ID) -> Bool { left.key == right.key }

    package func hash(into hasher: inout Hasher) { hasher.combine(key) }
}

extension ID: CustomStringConvertible {
    package var description: String { text }
}

extension ID: ParameterValue {
    package static var cast: SQL { "uuid" }

    package var parameter: Parameter { .text(isNobody ? Self.nobody.text : text) }
}

extension ID: CellValue {
    package static func read(_ cell: UnsafeBufferPointer<UInt8>?) -> ID? {
        guard let cell, let key = UUIDKey(cell) else { return nil }
        return ID(key: key, text: String(decoding: cell, as: UTF8.self))
    }

    private init(key: UUIDKey, text: String) {
        self.key = key
        self.text = text
    }
}
