internal import Records

/// A person the tenant deals with.
enum Contact: RecordKind {
    static var type: RecordType { ContactDomain.contact }
}
