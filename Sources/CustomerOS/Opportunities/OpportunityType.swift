internal import Records

/// The kind of sale of an opportunity.
enum OpportunityType: String, Word {
    /// New business.
    case new = "NBO"
    case upsell = "UPSELL"
    case crossSell = "CROSS_SELL"
    /// The renewal of a contract, created only by the contract.
    case renewal = "RENEWAL"
}
