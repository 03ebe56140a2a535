internal import Records

/// A company the tenant deals with.
enum Organization: RecordKind {
    static var type: RecordType { OrganizationDomain.organization }
}
