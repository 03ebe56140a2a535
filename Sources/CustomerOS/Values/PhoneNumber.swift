internal import CPhoneNumber

/// A phone number. An international one is identified by its ITU-T E.164 line and its extension; a national one without
/// its country by its text.
struct PhoneNumber: Equatable {
    /// As given, trimmed.
    let raw: String
    /// The line, or nil for a national number without its country.
    let e164: String?
    /// The extension's digits, or empty.
    let `extension`: String
    /// The two-letter ISO 3166-1 code, or nil if the number belongs to no single country.
    let country: String?

    /// Identifies the line.
    var line: String { e164 ?? raw }

    /// - Parameter country: The two-letter ISO 3166-1 code, for a national number.
    /// - Throws: `ValueRefusal` if there is no number of that length.
    init(_ given: String, country: String?) throws(ValueRefusal) {
        raw = NormalForm.composed(given.trimmingBlanks)
        guard Self.isWritten(raw, hasCountry: country?.isEmpty == false) else { throw Self.malformed }
        var number = phone_number()
        switch Self.read(raw, country ?? "", &number) {
        case phone_number_exists:
            e164 = Self.text(of: number.e164)
            `extension` = Self.text(of: number.extension)
            let home = Self.text(of: number.region)
            self.country = home.isEmpty ? nil : home
        case phone_number_too_short: throw ValueRefusal(.outOfRange, "must be a phone number, and this one has too few digits")
        case phone_number_too_long: throw ValueRefusal(.outOfRange, "must be a phone number, and this one has too many digits")
        case phone_number_impossible: throw ValueRefusal(.outOfRange, "must be a phone number, and there is none with these digits")
        default:
            guard Self.isNational(raw) else { throw Self.malformed }
            e164 = nil
            `extension` = ""
            self.country = nil
        }
    }

    /// The number to look up: only the text if it is not one, for rows stored before numbers were validated.
    init(comparable text: String) {
        if let number = try? PhoneNumber(text, country: nil) {
            self = number
        } else {
            raw = NormalForm.composed(text.trimmingBlanks)
            e164 = nil
            `extension` = ""
            country = nil
        }
    }

    private static func read(_ text: String, _ country: String, _ number: inout phone_number) -> phone_number_finding {
        // Most countries' international prefix stands for the plus.
        var text = text.hasPrefix("00") ? "+" + text.dropFirst(2) : text
        let region = country.trimmingBlanks.uppercased()
        return text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) {
                phone_number_parse($0.baseAddress, $0.count, region.isCountryCode ? region : "", &number)
            }
        }
    }

    private static let malformed = ValueRefusal(
        .malformed, "must be a phone number, such as +1 202 456 1414, or a national one of 3 to 15 digits with its country")

    /// Whether a text looks like a number. After a plus the library decides; a national one consists of digits and
    /// punctuation, and with its country also of letters as on telephone keys: `1-800-FLOWERS`.
    private static func isWritten(_ text: String, hasCountry: Bool) -> Bool {
        guard !text.contains("+"), !text.contains("\u{FF0B}"), !text.hasPrefix("00") else { return true }
        let line = line(of: text)
        guard !isDate(line), !isInternetAddress(line) else { return false }
        let letters = line.unicodeScalars.filter { ("A"..."Z").contains($0) }.count
        guard letters == 0 || hasCountry && letters >= 3 && line.first?.isNumber == true else { return false }
        return line.unicodeScalars.contains(where: isDigit) && line.unicodeScalars.allSatisfy { ("A"..."Z").contains($0) || isMark($0) }
    }

    /// Whether it could be dialled in its country: ITU-T E.164 allows at most 15 digits, and the shortest have three.
    private static func isNational(_ text: String) -> Bool {
        let line = line(of: text).unicodeScalars
        return !text.hasPrefix("+") && !text.hasPrefix("00") && text.utf8.count <= 64 && (3...15).contains(line.count(where: isDigit))
            && line.allSatisfy(isMark)
    }

    /// The number without the word before it and the extension after it.
    private static func line(of text: String) -> Substring {
        var line = Substring(text)
        if let word = line.prefixMatch(of: /(?i)tel(\.|:|\.:)?\s*/) { line = line[word.range.upperBound...] }
        if let found = line.firstMatch(of: /(?i)\s*(;ext=|,?\s*ext(ension)?[.:]?|,?\s*x[.:]?|#)\s*[0-9]{1,7}$/) {
            line = line[..<found.range.lowerBound]
        }
        return line
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.generalCategory == .decimalNumber }

    private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        isDigit(scalar) || scalar.properties.generalCategory == .dashPunctuation || scalar.properties.isWhitespace
            || "()+-./\u{2212}".unicodeScalars.contains(scalar)
    }

    private static func isDate(_ text: Substring) -> Bool {
        let parts = text.split(omittingEmptySubsequences: false) { "-./".contains($0) }
        let numbers = parts.compactMap { Int($0) }
        guard parts.count == 3, numbers.count == 3, let year = parts.firstIndex(where: { $0.utf8.count == 4 }), year != 1 else {
            return false
        }
        let days = year == 0 ? numbers[1...] : numbers[..<2]
        return (1900...2099).contains(numbers[year]) && days.allSatisfy { (1...31).contains($0) } && days.contains { $0 <= 12 }
    }

    /// Numbers are also written in four pairs: `12.34.56.78`.
    private static func isInternetAddress(_ text: Substring) -> Bool {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts.allSatisfy { UInt8($0) != nil && ($0.utf8.count == 1 || $0.first != "0") }
            && !parts.allSatisfy { $0.utf8.count == 2 }
    }

    private static func text<Bytes>(of bytes: Bytes) -> String {
        withUnsafeBytes(of: bytes) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }
}

extension String {
    fileprivate var isCountryCode: Bool { utf8.count == 2 && utf8.allSatisfy { (0x41...0x5A).contains($0) } }
}
