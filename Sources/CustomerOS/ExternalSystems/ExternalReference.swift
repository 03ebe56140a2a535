internal import Records

/// `ExternalSystemReferenceInput`: the record's counterpart in another system.
struct ExternalReference: Decodable {
    let externalId: String
    /// When it was read there.
    let syncDate: Time?
    let type: ExternalSystemType
    let externalUrl: String?
    /// What kind of record it is there.
    let externalSource: String?
}
