internal import Records

/// A kind of record.
enum EntityType: String, Word {
    case organization = "ORGANIZATION"
    case opportunity = "OPPORTUNITY"
    case contact = "CONTACT"
    case logEntry = "LOG_ENTRY"
    case issue = "ISSUE"
    case contract = "CONTRACT"
}
