internal import Records

extension Changing {
    /// The id of a row, inserted if missing. The loser of a race to insert finds the winner's row.
    /// - Parameter insert: Returns no row if there is one already.
    func findOrInsert<R>(find: BoundStatement<ID<R>>, insert: BoundStatement<ID<R>>) async throws -> ID<R> {
        for statement in [find, insert, find] {
            if let id = try await run(statement).first { return id }
        }
        // The winner's row is gone again.
        try again()
    }
}
