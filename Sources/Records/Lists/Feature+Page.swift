package import GraphQL
package import Postgres

extension Feature.Part {
    /// A page of the tenant's visible objects, sorted and filtered by what their table declares.
    /// - Parameters:
    ///   - from: If it is not the table alone: the table as `t`, joined with what `condition` needs.
    ///   - condition: Which of the visible objects, if not all. `$1` is the tenant.
    ///   - count: The statement that counts them if totals are kept. `$1` is the tenant.
    package static func page<R: Record>(
        _ name: String, _ record: R.Type, from: SQL? = nil, where condition: SQL? = nil, count: SQL? = nil
    ) -> Feature.Part {
        page(name, record, of: NoInput.self, PagedRows(of: R.table, from: from, where: condition, count: count))
    }

    /// The same for objects that meet a condition which depends on arguments.
    /// - Parameters:
    ///   - input: The arguments other than `pagination`, `sort` and `where`.
    ///   - value: The value by which they are sorted, greatest first, unless the client asks for another order. An
    ///     index must provide this order.
    ///   - groupsOfAnySize: Whether AND and OR in a filter may have one member, or none, which is no condition.
    ///   - count: The statement that counts them if it is a faster one. It must refer to the same members.
    ///   - condition: Refers to the input's members as parameters.
    package static func page<R: Record, Input: Decodable & SendableMetatype>(
        _ name: String, _ record: R.Type, of input: Input.Type, from: SQL? = nil, greatestFirst value: SQL? = nil,
        groupsOfAnySize: Bool = false, count: ((Parameters<Input>) -> SQL)? = nil, where condition: (Parameters<Input>) -> SQL
    ) -> Feature.Part {
        let parameters = Parameters<Input>()
        let sql = condition(parameters)
        let count = count?(parameters)
        let slots = parameters.slots
        let rows = PagedRows(of: R.table, from: from, where: sql, count: count, argumentCount: slots.count - 1) { arguments, issuer in
            let input = try Input(from: InputDecoder(arguments.values))
            return Array(slots.parameters(input, for: issuer).dropFirst())
        }
        return page(
            name, record, of: input, rows.sorted(greatestFirst: value).withGroupsOfAnySize(groupsOfAnySize))
    }

    private static func page<R: Record, Input: Decodable & SendableMetatype>(
        _ name: String, _ record: R.Type, of input: Input.Type, _ rows: PagedRows
    ) -> Feature.Part {
        Feature.Part(
            fields: [.query(name)], binding: .resolved(ReadField.page(rows, R.table.listKeys) { _ in R.type }), input: input,
            taken: ["pagination", "sort", "where"], answer: { $0.isReadAsPage(of: R.type.name) })
    }
}

extension RecordField {
    /// A page of the visible objects reached from the row, sorted and filtered by what their table declares.
    /// - Parameters:
    ///   - key: The row's id in `from`.
    ///   - from: The table as `t`, joined with what leads to it. `$1` is the tenant, `$2` the array of the rows' ids.
    ///   - condition: Which of the visible objects, if not all.
    ///   - count: The statement that counts them for each key, if there is a faster one.
    package static func page<R: Record>(
        _ name: String, _ target: R.Type, by key: SQL, from: SQL, where condition: SQL? = nil, count: SQL? = nil
    ) -> RecordField {
        let condition: SQL = "t.tenant_id = $1\(condition.map { " AND \($0)" } ?? "")"
        let rows = PagedRows(
            scope: .parent(key: key), from: from.onOneLine, condition: condition.onOneLine,
            count: count?.onOneLine ?? """
                SELECT \(key), count(*) FROM \(from.onOneLine) WHERE \(condition.onOneLine)\(R.table.andVisible) \
                AND \(key) = ANY ($2::uuid[]) GROUP BY \(key)
                """)
        return RecordField(
            name, .resolved(ReadField.page(rows, R.table.listKeys) { _ in R.type }), target: .page(target))
    }
}

extension PagedRows {
    /// The rows of a table's visible objects.
    fileprivate init<R: Record>(
        of table: Table<R>, from: SQL?, where condition: SQL?, count: SQL?, argumentCount: Int = 0,
        arguments: @escaping @Sendable (Arguments, Issuer) throws -> [Parameter] = { _, _ in [] }
    ) {
        let from = from?.onOneLine ?? "\(table.name) t"
        let condition: SQL = "t.tenant_id = $1\(condition.map { " AND \($0.onOneLine)" } ?? "")"
        self.init(
            scope: .tenant, from: from, condition: condition,
            count: count?.onOneLine ?? "SELECT count(*) FROM \(from) WHERE \(condition)\(table.andVisible)",
            argumentCount: argumentCount, arguments: arguments)
    }
}

extension FieldDefinition {
    /// Says that its value is no page of another type's objects, as the end of a sentence; nil if it is.
    func isReadAsPage(of name: String) -> String? {
        guard case .object(let page) = type.namedType, !type.isList, let content = page.field("content"), content.type.isList else {
            return "is no page, and read as a page of \(name)"
        }
        let element = content.type.namedType.name
        return element == name ? nil : "is a page of \(element), and read as a page of \(name)"
    }
}

extension [String: FieldBinding] {
    /// The bindings of a page's object type.
    /// - Parameter totalAvailable: Whether it has the total without the filter.
    package static func page(totalAvailable: Bool = false) -> [String: FieldBinding] {
        var bindings: [String: FieldBinding] = [
            "content": .nested,
            "totalPages": .column("totalPages", .int),
            "totalElements": .column("totalElements", .int64),
        ]
        if totalAvailable { bindings["totalAvailable"] = .column("totalAvailable", .int64) }
        return bindings
    }
}
