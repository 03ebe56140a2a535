internal import Records

/// The custom values of a tenant's records, and their definitions.
enum CustomFields {
    static let feature = Feature([.type(CustomField.self), .type(CustomFieldTemplate.self)])
}
