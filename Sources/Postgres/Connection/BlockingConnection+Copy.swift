internal import CLibPQ

extension BlockingConnection {
    /// Sends rows to a table: `COPY … FROM STDIN`, in text format.
    /// - Parameter sql: The statement.
    /// - Parameter body: Writes the rows. When it throws, none of them is stored.
    /// - Returns: How many rows were stored.
    /// - Throws: `Failure` if the server refuses a row or the connection is lost, and what `body` throws.
    @discardableResult
    public func copyIn(_ sql: SQL, _ body: (CopyWriter) throws -> Void) throws -> Int {
        try begin(sql, PGRES_COPY_IN)
        let writer = CopyWriter(handle)
        do {
            try body(writer)
            try writer.flush()
        } catch {
            // The server discards what has arrived.
            PQputCopyEnd(handle, "given up")
            _ = try? finish()
            throw error
        }
        guard PQputCopyEnd(handle, nil) == 1 else { throw Failure(handle) }
        return try finish()
    }

    /// Receives the rows of a statement: `COPY … TO STDOUT`, in the format that the statement asks for.
    /// - Parameter body: Called with each row, line end included; the bytes are valid only during the call.
    /// - Returns: How many rows were received.
    /// - Throws: `Failure` if the statement fails or the connection is lost, and what `body` throws.
    @discardableResult
    public func copyOut(_ sql: SQL, _ body: (UnsafeBufferPointer<UInt8>) throws -> Void) throws -> Int {
        try begin(sql, PGRES_COPY_OUT)
        do {
            while true {
                var row: UnsafeMutablePointer<CChar>?
                let count = PQgetCopyData(handle, &row, 0)
                guard count > 0, let row else { break }
                defer { PQfreemem(row) }
                try row.withMemoryRebound(to: UInt8.self, capacity: Int(count)) {
                    try body(UnsafeBufferPointer(start: $0, count: Int(count)))
                }
            }
        } catch {
            cancel()
            _ = try? finish()
            throw error
        }
        return try finish()
    }

    private func begin(_ sql: SQL, _ expected: ExecStatusType) throws(Failure) {
        let result = PQexec(handle, sql.text)
        guard PQresultStatus(result) == expected else {
            try check(result)
            throw Failure(sqlState: "", description: "the statement is no copy in this direction")
        }
        PQclear(result)
    }

    /// Reads the results that end the statement.
    private func finish() throws(Failure) -> Int {
        var outcome = Result<QueryResult, Failure>.failure(Failure(handle))
        while let result = PQgetResult(handle) {
            // Rows that are left and no longer wanted.
            if PQresultStatus(result) == PGRES_COPY_OUT {
                PQclear(result)
                var row: UnsafeMutablePointer<CChar>?
                while PQgetCopyData(handle, &row, 0) > 0 { PQfreemem(row) }
                continue
            }
            do throws(Failure) {
                outcome = .success(try check(result))
            } catch {
                outcome = .failure(error)
            }
        }
        return try outcome.get().affectedRows
    }

    private func cancel() {
        guard let cancel = PQgetCancel(handle) else { return }
        var reason = [CChar](repeating: 0, count: 256)
        PQcancel(cancel, &reason, Int32(reason.count))
        PQfreeCancel(cancel)
    }
}

extension BlockingConnection.Failure {
    /// libpq's message for the connection.
    init(_ handle: OpaquePointer) {
        self.init(sqlState: "", description: String(cString: PQerrorMessage(handle)).withoutTrailingNewlines)
    }
}
