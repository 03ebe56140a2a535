internal import GraphQL

extension ReadField {
    /// A list that is empty for every parent: a service that is not connected would fill it.
    package static let nothing = ReadField { _ in
        { call, _ in
            let offsets = [Int32](repeating: 0, count: max(1, call.parents.rowCount) + 1)
            call.result = FieldResult(parts: [], items: [], lists: [FieldResult.ListLevel(offsets: offsets)])
        }
    }
}
