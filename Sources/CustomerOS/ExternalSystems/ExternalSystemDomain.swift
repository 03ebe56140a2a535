internal import GraphQL
internal import Postgres

/// What records are called in other systems.
enum ExternalSystemDomain: Domain {
    /// `t` is the link. Systems that the schema has no name for are not shown.
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

/// The systems that the schema has names for.
enum ExternalSystemType {
    static let names: [SQL] = [
        "HUBSPOT", "ZENDESK_SUPPORT", "CALCOM", "PIPEDRIVE", "SLACK", "INTERCOM", "SALESFORCE", "STRIPE", "MIXPANEL", "CLOSE", "OUTLOOK",
        "UNTHREAD", "ATTIO", "WECONNECT", "ZENDESK_SELL",
    ]

    /// `'HUBSPOT', …`
    static let list: SQL = names.dropFirst().reduce("'\(names[0])'") { "\($0), '\($1)'" }

    /// The name that a text means, in any mix of capital and small letters and with `-` for `_`; nil when it means none.
    static func name(_ text: String) -> String? {
        let name = text.trimmingBlanks.uppercased().replacing("-", with: "_")
        return names.contains { $0.text == name } ? name : nil
    }
}

extension Relation {
    /// What the records are called in other systems; `column` is that of the link.
    static func externalLinks(_ column: SQL) -> Relation {
        .toMany("external_link", by: column, order: "t.system, t.synced_at, t.external_id, t.id")
    }
}
