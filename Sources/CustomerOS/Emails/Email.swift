internal import GraphQL
internal import Postgres
internal import Records

/// An e-mail address: one row per address and tenant, shared by its owners. Case is preserved but does not matter.
enum Email: Record {
    struct Columns {
        let origin = Origin()
        let email = Column("email", .text, read: "coalesce(nullif(t.email, ''), t.raw_email)").field("email")
        let rawEmail = Column("raw_email", .text).field("rawEmail")
        let work = Column("is_work", .flag).field("work")
    }

    static let table = Table<Email>("email", Columns())

    static let type = RecordType(
        "Email", of: table,
        .recordFields + [
            // Only the link to an owner has values.
            .value("label", "NULL::text", .enumeration),
            .value("primary", "false", .boolean),
            .relation("emailValidationDetails", EmailValidation.self, EmailValidation.ofEmail),
            .relation(
                "contacts", Contact.self,
                .through("contact_email", "email_id", "contact_id", "contact", order: "t.first_name, t.last_name, t.id")),
            .relation(
                "organizations", Organization.self,
                .through("organization_email", "email_id", "organization_id", "organization", order: "t.name, t.id")),
            .relation(
                "users", User.self,
                .through("user_email", "email_id", "user_id", "app_user", order: "t.first_name, t.last_name, t.id")),
        ])
}

extension Relation {
    /// The e-mails of an owner: `contact`, `organization` or `user`, as in the link table's name.
    static func emails(of owner: SQL, primaryOnly: Bool = false) -> Relation {
        .through(
            "\(owner)_email", "\(owner)_id", "email_id", "email", where: primaryOnly ? "l.is_primary" : nil,
            order: primaryOnly ? nil : "t.email, t.raw_email, t.id", overrides: ["primary": "l.is_primary", "label": "l.label"],
            cardinality: primaryOnly ? .one : .many)
    }
}

extension Email: Address {
    /// The form in which addresses are compared.
    typealias Name = String

    static func name(_ text: String) -> String { EmailAddress.comparable(text) }

    static func match<Owner>(_ p: Parameters<NamedAddress<Owner, Email>>) -> SQL {
        let name = p.name
        return "(fold(e.raw_email) = fold(\(bare: name)) OR (e.email <> '' AND fold(e.email) = fold(\(bare: name))))"
    }

    static let lock = Statement<[ID<Email>], Void>("email.lock") { ids in
        "SELECT id FROM email WHERE tenant_id = \(ids.tenant) AND id = ANY (\(ids.value)) ORDER BY id FOR UPDATE"
    }

    static func relation(of owner: SQL) -> Relation { .emails(of: owner) }

    static func add(_ ids: [ID<Email>], to timelines: inout AddressTimelines) { timelines.emails += ids }
}
