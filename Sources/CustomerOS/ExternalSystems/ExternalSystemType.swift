internal import Postgres

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
