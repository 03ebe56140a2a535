internal import CPhoneNumber

/// A phone number in the form of ITU-T E.164.
struct PhoneNumberForm: Equatable {
    let e164: String
    /// The ISO 3166-1 code of two letters, or nil where the number belongs to no single country.
    let country: String?

    /// Nil when the text cannot be read as the number of a whole world: it has neither a plus nor a known country, its length is
    /// wrong, or it has an extension, which would be lost.
    /// - Parameter country: The ISO 3166-1 code of two letters for a number in national form.
    init?(_ text: String, country: String?) {
        var text = text.trimmingBlanks
        // The call prefix of most countries stands for the plus.
        if text.hasPrefix("00") { text = "+" + text.dropFirst(2) }
        let region = (country ?? "").trimmingBlanks.uppercased()
        var parsed = phone_number()
        let found = text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) {
                phone_number_parse($0.baseAddress, $0.count, region.isCountryCode ? region : "", &parsed)
            }
        }
        guard found else { return nil }
        e164 = withUnsafeBytes(of: parsed.e164) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        let home = withUnsafeBytes(of: parsed.region) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        self.country = home.isEmpty ? nil : home
    }
}

extension String {
    fileprivate var isCountryCode: Bool { utf8.count == 2 && utf8.allSatisfy { (0x41...0x5A).contains($0) } }
}
