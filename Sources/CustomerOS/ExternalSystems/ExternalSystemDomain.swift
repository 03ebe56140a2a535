internal import GraphQL
internal import Postgres
internal import Records

/// The same records in other systems.
enum ExternalSystemDomain: Domain {
    /// `t` is the link. Systems without a name in the schema are not shown.
    private static let externalSystem = Entity(
        "ExternalSystem", table: "external_link", visible: "t.system IN (\(ExternalSystemType.list))",
        fields: [
            .column("type", "t.system", .enumeration),
            .column("syncDate", "t.synced_at", .time),
            .column("externalId", "nullif(t.external_id, '')", .text),
            .column("externalUrl", "t.external_url", .text),
            .column("externalSource", "t.external_source", .text),
        ])

    static let entities = [externalSystem]
}

/// The systems with names in the schema.
enum ExternalSystemType {
    static let names: [SQL] = [
        "HUBSPOT", "ZENDESK_SUPPORT", "CALCOM", "PIPEDRIVE", "SLACK", "INTERCOM", "SALESFORCE", "STRIPE", "MIXPANEL", "CLOSE", "OUTLOOK",
        "UNTHREAD", "ATTIO", "WECONNECT", "ZENDESK_SELL",
    ]

    /// `'HUBSPOT', …`
    static let list: SQL = names.dropFirst().reduce("'\(names[0])'") { "\($0), '\($1)'" }

    /// The name that a text means, in any case and with `-` for `_`; nil if none.
    static func name(_ text: String) -> String? {
        let name = text.trimmingBlanks.uppercased().replacing("-", with: "_")
        return names.contains { $0.text == name } ? name : nil
    }
}

extension Relation {
    /// The same records in other systems; `column` is the link's.
    static func externalLinks(_ column: SQL) -> Relation {
        .toMany("external_link", by: column, order: "t.system, t.synced_at, t.external_id, t.id")
    }
}
