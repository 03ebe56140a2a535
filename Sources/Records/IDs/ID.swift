package import Postgres

/// The id of a record of one kind: a UUID. The id of another kind does not compile in its place.
package struct ID<Kind>: Sendable {
    /// What two ids are compared by, whatever the case of their digits.
    package let key: UUIDKey
    /// As it was given or stored, for messages and answers.
    package let text: String

    /// - Parameter text: Text that is no UUID is the id of nobody.
    package init(_ text: String) {
        var digits = text
        key = digits.withUTF8 { UUIDKey($0) } ?? .zero
        self.text = text
    }

    /// The nil UUID, which no row has.
    package static var nobody: ID { ID("00000000-0000-0000-0000-000000000000") }

    /// Whether no row can have it.
    package var isNobody: Bool { key == .zero }

    /// Nil for the empty text, by which clients mean no id at all.
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
