internal import CLibPQ

/// What PostgreSQL says of a statement without running it.
public struct StatementDescription: Sendable, Equatable {
    public struct Column: Sendable, Equatable {
        public let name: String
        /// As PostgreSQL writes it: `uuid`, `timestamp with time zone`, `text[]`. That of a domain is its base type.
        public let type: String
    }

    /// The type of each parameter, `$1` first, written as those of columns.
    public let parameterTypes: [String]
    /// None where the statement gives no rows.
    public let columns: [Column]
}

extension BlockingConnection {
    /// Prepares and describes a statement.
    /// - Throws: When the database has no such table, column or routine, or cannot tell the type of a parameter.
    public func describe(_ sql: SQL) throws(Failure) -> StatementDescription { try describe(text: sql.text) }

    func describe(text: String) throws(Failure) -> StatementDescription {
        try check(PQprepare(handle, "", text, 0, nil))
        let result = PQdescribePrepared(handle, "")
        // `check` takes the result over, so what it says is read before. Of none, libpq says 0.
        let parameters = (0..<PQnparams(result)).map { PQparamtype(result, $0) }
        let columns = (0..<PQnfields(result)).map { (PQfname(result, $0).map { String(cString: $0) } ?? "", PQftype(result, $0)) }
        try check(result)
        let types = try typeNames(parameters + columns.map(\.1))
        return StatementDescription(
            parameterTypes: Array(types.prefix(parameters.count)),
            columns: zip(columns, types.dropFirst(parameters.count)).map { StatementDescription.Column(name: $0.0, type: $1) })
    }

    private func typeNames(_ oids: [Oid]) throws(Failure) -> [String] {
        let list = oids.map { String($0) }.joined(separator: ",")
        let rows = try run(
            "SELECT format_type(oid, NULL) FROM unnest($1::oid[]) WITH ORDINALITY given (oid, place) ORDER BY place", [.text("{\(list)}")])
        return (0..<rows.rowCount).map { rows.text($0, 0) ?? "" }
    }
}
