internal import Records

/// The kinds of records that can be tagged.
enum EntityType: String, Word {
    case organization = "ORGANIZATION"
    case opportunity = "OPPORTUNITY"
    case contact = "CONTACT"
    case logEntry = "LOG_ENTRY"
    case issue = "ISSUE"
    case contract = "CONTRACT"
}
