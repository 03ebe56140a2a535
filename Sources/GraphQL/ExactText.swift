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
        guard utf8.count == other.utf8.count, self == other else { return false }
        // Comparing the buffers costs a fraction of comparing the views.
        return utf8.withContiguousStorageIfAvailable { bytes in
            other.utf8.withContiguousStorageIfAvailable { bytes.elementsEqual($0) } ?? false
        } ?? false
    }
}
