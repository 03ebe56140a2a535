internal import GraphQL
internal import Postgres
internal import Records

/// What a number is used for.
enum PhoneNumberLabel: String, Word {
    case main = "MAIN"
    case work = "WORK"
    case home = "HOME"
    case mobile = "MOBILE"
    case other = "OTHER"
}

/// A phone number for an owner.
struct PhoneNumberInput: Decodable {
    let phoneNumber: String
    /// The country of a national number.
    let countryCodeA2: String?
    let label: PhoneNumberLabel?
    let primary: Bool?

    /// Trimmed.
    var text: String { phoneNumber.trimmingBlanks }

    /// The id of the number, created if missing.
    /// - Parameter path: The path of the input, as errors show it.
    func merge(at path: String = "input", _ change: Changing) async throws -> ID<PhoneNumber> {
        try await PhoneNumber(phoneNumber, inCountry: countryCodeA2, at: path).merge(change)
    }
}

extension PhoneNumber {
    /// The number in an input, possibly a national one with its country.
    /// - Parameter path: The path of the input, as errors show it.
    init(_ text: String, inCountry given: String?, at path: String = "input") throws(FieldError) {
        let country: Country?
        do throws(ValueRefusal) { country = try given.flatMap { $0.isEmpty ? nil : $0 }.map(Country.init) } catch {
            throw FieldError(error, field: "\(path).countryCodeA2")
        }
        do throws(ValueRefusal) { self = try PhoneNumber(text, country: country?.code) } catch {
            throw FieldError(error, field: "\(path).phoneNumber")
        }
    }

    private static let find = Statement<PhoneNumber, ID<PhoneNumber>>("phone_number.find") { p in
        let (line, raw, `extension`) = (p.line, p.raw, p.extension)
        return """
            SELECT p.id FROM phone_number p WHERE p.tenant_id = \(p.tenant)
            AND \(match("p", line: "\(bare: line)", raw: "\(bare: raw)", extension: "\(bare: `extension`)"))
            ORDER BY p.e164 IS NULL, p.created_at, p.id LIMIT 1
            """
    }

    private struct Insert {
        let id = ID<PhoneNumber>.new()
        let number: PhoneNumber

        var raw: String { number.raw }
        var e164: String? { number.e164 }
        var `extension`: String { number.extension }
        var country: String? { number.country }
    }

    private static let insert = Statement<Insert, ID<PhoneNumber>>("phone_number.insert") { p in
        """
        INSERT INTO phone_number (tenant_id, id, raw_phone_number, e164, extension, country_id, validated)
        VALUES (\(p.tenant), \(p.id), \(bare: p.raw), \(bare: p.e164), \(bare: p.extension),
        (SELECT id FROM country WHERE code_a2 = \(bare: p.country)), false)
        ON CONFLICT (tenant_id, coalesce(e164, raw_phone_number), extension) DO NOTHING RETURNING id
        """
    }

    /// The id of the number, created if missing.
    func merge(_ change: Changing) async throws -> ID<PhoneNumber> {
        try await change.findOrInsert(find: Self.find.with(self), insert: Self.insert.with(Insert(number: self)))
    }
}
