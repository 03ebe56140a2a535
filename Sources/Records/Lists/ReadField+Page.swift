package import GraphQL

extension ReadField {
    /// A page of objects.
    /// - Parameter elements: The type of the page's objects, by the page's type. Evaluated when a field is planned,
    ///   since records may refer to each other cyclically.
    package static func page(
        _ rows: PagedRows, _ keys: ListKeys, of elements: @escaping @Sendable (ObjectType) -> RecordType?
    ) -> ReadField {
        let parentColumns: [String] =
            switch rows.scope {
            case .tenant: []
            case .parent: ["id"]
            }
        return ReadField(parentColumns: parentColumns) { field in
            guard let page = PlannedPage(field, rows, keys, elements) else { return nil }
            return { call, wave in try page.begin(call, wave) }
        }
    }
}
