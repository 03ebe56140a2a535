internal import Records

/// A company that the tenant deals with.
enum Organization: RecordKind {
    static var type: RecordType { OrganizationDomain.organization }
}
