internal import Records

/// A contract of an organization.
enum Contract: RecordKind {
    static var type: RecordType { ContractDomain.contract }
}
