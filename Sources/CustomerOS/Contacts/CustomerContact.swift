internal import GraphQL
internal import Postgres
internal import Records

/// A contact that was just created: its id, and its address.
enum CustomerContact: RecordKind {
    static let type = RecordType(
        "CustomerContact", table: "contact", columns: ["id": "t.id"],
        fields: [
            .alias("id", of: "id", .identifier),
            .relation("email", CustomerEmail.self, .emails(of: "contact", primaryOnly: true)),
        ])
}

/// The address of a contact that was just created: its id.
enum CustomerEmail: RecordKind {
    static let type = RecordType(
        "CustomerEmail", table: "email", columns: ["id": "t.id"], fields: [.alias("id", of: "id", .identifier)])
}
