internal import Records

/// What an organization has agreed to buy.
enum Contract: RecordKind {
    static var type: RecordType { ContractDomain.contract }
}
