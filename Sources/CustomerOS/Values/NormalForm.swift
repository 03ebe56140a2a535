internal import CUnistring

/// The forms in which texts that identify something are compared: the same ones that PostgreSQL's `normalize` and our `fold` give, so
/// that what one request joins is what two requests join.
///
/// Swift's own `==` and `hash` join canonically equivalent texts too, but a text that is sent on to the database or compared by its
/// bytes must be in the form itself.
enum NormalForm {
    /// Unicode's Normalization Form C (UAX 15): é as one character, however it was written.
    static func composed(_ text: String) -> String {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text }
        return converted(text) { source, count, length in u8_normalize(uninorm_composed(), source, count, nil, length) }
    }

    /// Normalization Form D: é as e and an accent.
    static func decomposed(_ text: String) -> String {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text }
        return converted(text) { source, count, length in u8_normalize(uninorm_decomposed(), source, count, nil, length) }
    }

    /// Lower case by the rules of Unicode, in Normalization Form C: as `fold` in the database. A sigma at the end of a word is one like the
    /// others, so that the form of a text does not depend on what follows.
    static func folded(_ text: String) -> String {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.lowercased() }
        let lowered = converted(text) { source, count, length in u8_tolower(source, count, nil, uninorm_composed(), nil, length) }
        return String(String.UnicodeScalarView(lowered.unicodeScalars.map { $0 == "\u{3C2}" ? "\u{3C3}" : $0 }))
    }

    /// What the library makes of a text; the text itself where there is no memory for that.
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
