internal import Postgres
internal import Records

/// The systems with names in the schema.
enum ExternalSystemType: String, Word {
    case hubspot = "HUBSPOT"
    case zendeskSupport = "ZENDESK_SUPPORT"
    case calcom = "CALCOM"
    case pipedrive = "PIPEDRIVE"
    case slack = "SLACK"
    case intercom = "INTERCOM"
    case salesforce = "SALESFORCE"
    case stripe = "STRIPE"
    case mixpanel = "MIXPANEL"
    case close = "CLOSE"
    case outlook = "OUTLOOK"
    case unthread = "UNTHREAD"
    case attio = "ATTIO"
    case weconnect = "WECONNECT"
    case zendeskSell = "ZENDESK_SELL"

    /// All of them. Statements are made of literals only, so the names stand here again.
    static let list: SQL = """
        'HUBSPOT', 'ZENDESK_SUPPORT', 'CALCOM', 'PIPEDRIVE', 'SLACK', 'INTERCOM', 'SALESFORCE', 'STRIPE', 'MIXPANEL', \
        'CLOSE', 'OUTLOOK', 'UNTHREAD', 'ATTIO', 'WECONNECT', 'ZENDESK_SELL'
        """

    /// The system that a text means, in any case and with `-` for `_`; nil if none.
    init?(named text: String) { self.init(rawValue: text.trimmingBlanks.uppercased().replacing("-", with: "_")) }
}
