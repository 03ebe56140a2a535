internal import CIDN2
internal import Records

/// A host name by UTS 46 (nontransitional), which unifies all spellings: upper case, full-width letters, invisible
/// characters, Unicode and Punycode.
struct HostName: Hashable {
    /// Labels of letters, digits, `-` and `_`, joined by dots, in lower case; at most 253 bytes, each label at most 63.
    let ascii: String

    /// Nil if the text is not a host name: a label is empty, begins or ends with a hyphen, is too long, or is not
    /// allowed by IDNA 2008. A final dot is the root, and dropped.
    init?(_ text: String) {
        // No name is longer, and encoding long labels takes quadratic time.
        guard text.utf8.count <= 4 * 253 else { return nil }
        var labels: [String] = []
        for label in text.split(omittingEmptySubsequences: false, whereSeparator: Self.isDot) {
            guard let label = Self.label(label) else { return nil }
            labels.append(label)
        }
        if labels.count > 1, labels.last == "" { labels.removeLast() }
        ascii = labels.joined(separator: ".")
        guard ascii.utf8.count <= 253, labels.allSatisfy(Self.isValid) else { return nil }
    }

    /// The labels, the most specific first.
    var labels: [Substring] { ascii.split(separator: ".") }

    /// The text to compare stored domains with. An ASCII part of a name stays as it is.
    static func compared(_ text: String, _ comparison: Comparison) -> String {
        let text = NormalForm.composed(text)
        let isWhole = comparison == .equal || comparison == .among
        guard isWhole || text.utf8.contains(where: { $0 >= 0x80 }) && text.last != ".", let host = HostName(text) else { return text }
        return host.ascii
    }

    /// As people read it: `xn--bcher-kva.example` is `bücher.example`.
    var unicode: String {
        guard ascii.hasPrefix("xn--") || ascii.contains(".xn--") else { return ascii }
        var result: UnsafeMutablePointer<CChar>?
        guard idn2_to_unicode_8z8z(ascii, &result, 0) == IDN2_OK.rawValue, let result else { return ascii }
        defer { idn2_free(result) }
        return String(cString: result)
    }

    /// The four dots that UTS 46 treats alike.
    private static func isDot(_ character: Character) -> Bool {
        character == "." || character == "\u{3002}" || character == "\u{FF0E}" || character == "\u{FF61}"
    }

    /// The ASCII form of a label, or nil if it has none.
    private static func label(_ text: Substring) -> String? {
        let isASCII = text.utf8.allSatisfy { $0 < 0x80 }
        let lowered = text.lowercased()
        // The library refuses hyphens in the third and fourth position, which labels of content delivery networks have.
        if isASCII, !lowered.hasPrefix("xn--") { return lowered }
        guard !text.utf8.contains(0) else { return nil }
        var result: UnsafeMutablePointer<UInt8>?
        let flags = Int32(IDN2_NFC_INPUT.rawValue | IDN2_NONTRANSITIONAL.rawValue)
        guard idn2_lookup_u8(String(text), &result, flags) == IDN2_OK.rawValue, let result else { return nil }
        defer { idn2_free(result) }
        return String(cString: result)
    }

    private static func isValid(_ label: String) -> Bool {
        let bytes = label.utf8
        return (1...63).contains(bytes.count) && bytes.first != UInt8(ascii: "-") && bytes.last != UInt8(ascii: "-")
            && bytes.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "_"): true
                default: false
                }
            }
    }
}
