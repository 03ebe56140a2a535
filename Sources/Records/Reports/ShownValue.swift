package import GraphQL
internal import Postgres

/// A value that a leaf field shows.
package protocol ShownValue: Sendable {
    static var encoding: LeafEncoding { get }
    static var canBeNull: Bool { get }
    /// In PostgreSQL's text form, as `encoding` expects it; nil if it is null.
    var cell: String? { get }
}

extension ShownValue {
    package static var canBeNull: Bool { false }
}

extension String: ShownValue {
    package static var encoding: LeafEncoding { .text }
    package var cell: String? { self }
}

extension Bool: ShownValue {
    package static var encoding: LeafEncoding { .boolean }
    package var cell: String? { self ? "t" : "f" }
}

/// Of the schema's type `Int`, which has 32 bits.
extension Int: ShownValue {
    package static var encoding: LeafEncoding { .int }
    package var cell: String? { String(self) }
}

extension Int64: ShownValue {
    package static var encoding: LeafEncoding { .int64 }
    package var cell: String? { String(self) }
}

extension Double: ShownValue {
    package static var encoding: LeafEncoding { .float }
    package var cell: String? { String(self) }
}

extension Time: ShownValue {
    package static var encoding: LeafEncoding { .time }

    package var cell: String? {
        guard text.hasSuffix("Z") else { return text }
        return "\(text.dropLast().replacing("T", with: " ", maxReplacements: 1))+00"
    }
}

extension ID: ShownValue {
    package static var encoding: LeafEncoding { .text }
    package var cell: String? { text }
}

extension ShownValue where Self: Word {
    package static var encoding: LeafEncoding { .enumeration }
    package var cell: String? { rawValue }
}

extension Optional: ShownValue where Wrapped: ShownValue {
    package static var encoding: LeafEncoding { Wrapped.encoding }
    package static var canBeNull: Bool { true }
    package var cell: String? { self?.cell }
}

extension Array: ShownValue where Element: ShownValue {
    package static var encoding: LeafEncoding { .array(Element.encoding) }

    package var cell: String? {
        var array = TextArray(capacity: count)
        for element in self { array.append(element.cell.map { .text($0) } ?? .null) }
        return array.text
    }
}
