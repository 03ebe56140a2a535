internal import Glibc

/// A text that is compared by its bytes.
///
/// `String` also takes canonically equivalent texts for equal, such as "é" and "e" with an accent behind it, or U+212A
/// and "K". What clients and the database keep apart must not become one in a set or a dictionary.
package struct ExactText: Hashable, Sendable {
    package let text: String

    package init(_ text: String) { self.text = text }

    package static func == (first: Self, second: Self) -> Bool { first.text.hasSameBytes(as: second.text) }

    package func hash(into hasher: inout Hasher) {
        text.utf8.withContiguousStorageIfAvailable { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
}

extension String {
    /// Whether both are the same bytes in UTF-8. Both must be native strings, as all are that Swift has made on Linux.
    package func hasSameBytes(as other: String) -> Bool {
        utf8.withContiguousStorageIfAvailable { bytes in
            other.utf8.withContiguousStorageIfAvailable { others in
                guard bytes.count == others.count else { return false }
                guard let start = bytes.baseAddress, let otherStart = others.baseAddress else { return bytes.isEmpty }
                return memcmp(start, otherStart, bytes.count) == 0
            } ?? false
        } ?? false
    }
}
