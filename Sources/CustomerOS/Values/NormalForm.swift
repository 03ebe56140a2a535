internal import CUnistring

/// The forms in which identifying texts are compared: the same as PostgreSQL's `normalize` and our `fold`, so that one
/// request unifies the same texts as two requests.
///
/// Swift's own `==` and `hash` also unify canonically equivalent texts, but text that goes to the database or is
/// compared by bytes must itself be normalised.
enum NormalForm {
    /// Unicode's Normalization Form C (UAX 15): é as one character, however it was written.
    static func composed(_ text: String) -> String {
        if isASCII(text) { return text }
        return converted(text) { source, count, length in u8_normalize(uninorm_composed(), source, count, nil, length) }
    }

    /// Normalization Form D: é as e and an accent.
    static func decomposed(_ text: String) -> String {
        if isASCII(text) { return text }
        return converted(text) { source, count, length in u8_normalize(uninorm_decomposed(), source, count, nil, length) }
    }

    /// Lower case by Unicode's rules, in Normalization Form C: like `fold` in the database. A final sigma is a normal
    /// sigma, so that a text's form does not depend on what follows.
    static func folded(_ text: String) -> String {
        if isASCII(text) { return text.lowercased() }
        let lowered = converted(text) { source, count, length in u8_tolower(source, count, nil, uninorm_composed(), nil, length) }
        return String(String.UnicodeScalarView(lowered.unicodeScalars.map { $0 == "\u{3C2}" ? "\u{3C3}" : $0 }))
    }

    /// Whether all forms of a text are the text itself, but for case. The buffer is read a word at a time: filters
    /// come with tens of thousands of values.
    private static func isASCII(_ text: String) -> Bool {
        text.utf8.withContiguousStorageIfAvailable { bytes in
            let bytes = UnsafeRawBufferPointer(bytes)
            let words = bytes.count / 8
            var bits: UInt64 = 0
            for word in 0..<words { bits |= bytes.loadUnaligned(fromByteOffset: word * 8, as: UInt64.self) }
            for index in words * 8..<bytes.count { bits |= UInt64(bytes[index]) }
            return bits & 0x8080_8080_8080_8080 == 0
        } ?? text.utf8.allSatisfy { $0 < 0x80 }
    }

    /// The library's result for a text; the text itself if memory is short.
    private static func converted(
        _ text: String, by convert: (UnsafePointer<UInt8>?, Int, UnsafeMutablePointer<Int>) -> UnsafeMutablePointer<UInt8>?
    ) -> String {
        var text = text
        let result = text.withUTF8 { source -> String? in
            var length = 0
            guard let bytes = convert(source.baseAddress, source.count, &length) else { return nil }
            defer { free(bytes) }
            return String(decoding: UnsafeBufferPointer(start: bytes, count: length), as: UTF8.self)
        }
        return result ?? text
    }
}
