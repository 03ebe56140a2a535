internal import Records

/// The likelihood of a renewal.
enum RenewalLikelihood: String, Word {
    case high = "HIGH_RENEWAL"
    case medium = "MEDIUM_RENEWAL"
    case low = "LOW_RENEWAL"
    case zero = "ZERO_RENEWAL"

    /// As stored.
    var stored: String { String(rawValue.dropLast("_RENEWAL".count)) }
}
