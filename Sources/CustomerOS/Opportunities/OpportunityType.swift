internal import Records

/// What kind of sale an opportunity is.
enum OpportunityType: String, Word {
    /// New business.
    case new = "NBO"
    case upsell = "UPSELL"
    case crossSell = "CROSS_SELL"
    /// The renewal of a contract, which alone creates it.
    case renewal = "RENEWAL"
}
