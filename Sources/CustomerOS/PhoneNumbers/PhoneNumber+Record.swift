internal import GraphQL
internal import Postgres
internal import Records

/// The tenant's phone numbers: one row for each, shared by its owners. An international number is identified by its
/// E.164 line and its extension, anything else by its text.
extension PhoneNumber: Record {
    struct Columns {
        let origin = Origin()
        let e164 = Column("e164", .text).field("e164")
        let raw = Column("raw_phone_number", .text, read: "nullif(t.raw_phone_number, '')").field("rawPhoneNumber")
        let validated = Column("validated", .flag).field("validated")
        let country = Column("country_id", .id)
    }

    static let table = Table<PhoneNumber>("phone_number", Columns())

    static let type = RecordType(
        "PhoneNumber", of: table,
        .recordFieldsWithoutTruth + [
            // Only the link to an owner has values.
            .value("label", "NULL::text", .enumeration),
            .value("primary", "false", .boolean),
            .relation("country", Country.self, .toShared("country_id", "country")),
            .relation(
                "contacts", Contact.self,
                .through("contact_phone_number", "phone_number_id", "contact_id", "contact", order: "t.first_name, t.last_name, t.id")),
            .relation(
                "organizations", Organization.self,
                .through("organization_phone_number", "phone_number_id", "organization_id", "organization", order: "t.name, t.id")),
            .relation(
                "users", User.self,
                .through("user_phone_number", "phone_number_id", "user_id", "app_user", order: "t.first_name, t.last_name, t.id")),
        ])
}

extension Relation {
    /// The phone numbers of an owner: `contact`, `organization` or `user`, as in the link table's name.
    static func phoneNumbers(of owner: SQL) -> Relation {
        .through(
            "\(owner)_phone_number", "\(owner)_id", "phone_number_id", "phone_number", order: "t.created_at, t.id",
            overrides: ["primary": "l.is_primary", "label": "l.label"])
    }
}

extension PhoneNumber: Address {
    typealias Name = PhoneNumber

    static func name(_ text: String) -> PhoneNumber { PhoneNumber(comparable: text) }

    static func match<Owner>(_ p: Parameters<NamedAddress<Owner, PhoneNumber>>) -> SQL {
        let (line, raw, `extension`) = (p.line, p.raw, p.extension)
        return match("e", line: "\(bare: line)", raw: "\(bare: raw)", extension: "\(bare: `extension`)")
    }

    /// Whether a number means a row: by line, text and extension.
    static func match(_ row: SQL, line: SQL, raw: SQL, extension: SQL) -> SQL {
        """
        (coalesce(\(row).e164, \(row).raw_phone_number) = \(line) AND \(row).extension = \(`extension`) \
        OR \(row).e164 IS NULL AND \(row).raw_phone_number = \(raw))
        """
    }

    static let lock = Statement<[ID<PhoneNumber>], Void>("phone_number.lock") { ids in
        "SELECT id FROM phone_number WHERE tenant_id = \(ids.tenant) AND id = ANY (\(ids.value)) ORDER BY id FOR UPDATE"
    }

    static func relation(of owner: SQL) -> Relation { .phoneNumbers(of: owner) }

    static func add(_ ids: [ID<PhoneNumber>], to timelines: inout AddressTimelines) { timelines.phoneNumbers += ids }
}

extension NamedAddress where Kind == PhoneNumber {
    fileprivate var line: String { name.line }
    fileprivate var raw: String { name.raw }
    fileprivate var `extension`: String { name.extension }
}
