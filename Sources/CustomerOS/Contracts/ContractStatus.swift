internal import Records

/// The statuses of a contract, which the database derives.
enum ContractStatus: String, Word {
    case undefined = "UNDEFINED"
    case draft = "DRAFT"
    case scheduled = "SCHEDULED"
    case live = "LIVE"
    case ended = "ENDED"
    case outOfContract = "OUT_OF_CONTRACT"
}
