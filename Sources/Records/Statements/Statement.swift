package import Postgres

/// A statement with the types of its input and of its rows. Its text is made once.
///
///     static let lock = Statement<ID<Opportunity>, Stored>("opportunity.lock", row: Stored.init) { id in
///         """
///         SELECT internal_stage, organization_id FROM opportunity
///         WHERE tenant_id = \(id.tenant) AND id = \(id.value) FOR NO KEY UPDATE
///         """
///     }
///
/// The input is one value, a structure or a labelled tuple, whose members the text names. A row is made from the
/// columns in order: by a structure's memberwise `init`, as a tuple, or as one value. `Void` is for statements whose
/// rows are ignored.
package final class Statement<Input, Row>: Sendable {
    package let text: StatementText
    private let slots: [ParameterSlot<Input>]
    private let decode: @Sendable (inout RowReader) throws(UnreadableCell) -> Row

    /// - Parameters:
    ///   - name: Its name in logs, metrics and golden files: unique in the program.
    ///   - isPrepared: As `StatementText.isPrepared`.
    ///   - isShared: Whether it concerns only tables that all tenants share, and so has no tenant.
    ///   - make: Makes a row from its columns, in the order of the result.
    ///   - sql: Line breaks and indentation of the literal become one space.
    package convenience init<each Cell: CellValue>(
        _ name: String, isPrepared: Bool = true, isShared: Bool = false, row make: @escaping @Sendable (repeat each Cell) -> Row,
        _ sql: (Parameters<Input>) -> SQL
    ) {
        self.init(name, isPrepared, isShared, sql) { (reader: inout RowReader) throws(UnreadableCell) -> Row in
            make(repeat try reader.next((each Cell).self))
        }
    }

    /// Rows as tuples without labels, or `Void`.
    package convenience init<each Cell: CellValue>(
        _ name: String, isPrepared: Bool = true, isShared: Bool = false, _ sql: (Parameters<Input>) -> SQL
    ) where Row == (repeat each Cell) {
        self.init(name, isPrepared, isShared, sql) { (reader: inout RowReader) throws(UnreadableCell) -> Row in
            (repeat try reader.next((each Cell).self))
        }
    }

    private init(
        _ name: String, _ isPrepared: Bool, _ isShared: Bool, _ sql: (Parameters<Input>) -> SQL,
        decode: @escaping @Sendable (inout RowReader) throws(UnreadableCell) -> Row
    ) {
        let parameters = Parameters<Input>(isShared: isShared)
        text = StatementText(name, sql(parameters).onOneLine, isPrepared: isPrepared)
        slots = parameters.slots
        self.decode = decode
    }

    /// The statement with its parameters.
    package func query(_ input: Input, for issuer: Issuer) -> Query {
        Query(text, slots.parameters(input, for: issuer))
    }

    /// The rows of its result.
    package func rows(_ result: QueryResult) throws(UnreadableCell) -> [Row] {
        var rows: [Row] = []
        rows.reserveCapacity(result.rowCount)
        for row in 0..<result.rowCount {
            var reader = RowReader(result, row: row, of: text.name)
            rows.append(try decode(&reader))
        }
        return rows
    }

    /// The statement with its input, to send together with others.
    /// - Parameter isNeeded: Whether it is sent at all. Otherwise it has no rows.
    package func with(_ input: Input, if isNeeded: Bool = true) -> BoundStatement<Row> {
        BoundStatement(
            query: isNeeded ? { self.query(input, for: $0) } : nil, rows: { (result) throws(UnreadableCell) in try self.rows(result) })
    }
}

extension Statement where Row: CellValue {
    /// Rows of one value.
    package convenience init(_ name: String, isPrepared: Bool = true, isShared: Bool = false, _ sql: (Parameters<Input>) -> SQL) {
        self.init(name, isPrepared, isShared, sql) { (reader: inout RowReader) throws(UnreadableCell) -> Row in try reader.next(Row.self) }
    }
}
