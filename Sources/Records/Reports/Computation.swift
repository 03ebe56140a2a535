internal import GraphQL
internal import Postgres

/// How a computed field gets its value: at once, or from the rows of statements.
package struct Computation<Answer: ReadAnswer> {
    let begin: (FieldCall, any StatementWave) throws -> Void

    /// The value is known without a statement.
    package static func now(_ answer: Answer) -> Computation {
        Computation { call, _ in call.result = answer.result(call.field) }
    }

    /// Computes the value from the rows of statements, which are sent together.
    /// - Parameter isSlow: Whether they may take long, and so get a connection of their own.
    package static func reading<each Row>(
        _ statements: repeat BoundStatement<each Row>, isSlow: Bool = false, _ answer: @escaping (repeat [each Row]) throws -> Answer
    ) -> Computation {
        readingFirst(repeat each statements, isSlow: isSlow) { (rows: repeat [each Row]) in .now(try answer(repeat each rows)) }
    }

    /// The same if the rows lead to more statements.
    package static func readingFirst<each Row>(
        _ statements: repeat BoundStatement<each Row>, isSlow: Bool = false,
        _ next: @escaping (repeat [each Row]) throws -> Computation
    ) -> Computation {
        Computation { call, wave in
            var queries: [Query] = []
            for statement in repeat each statements {
                if let query = statement.query { queries.append(query(wave.issuer)) }
            }
            wave.read(queries, isSlow: isSlow, rows: nil, for: call, isList: call.field.listDepth > 0) { results, wave in
                var results = results[...]
                let next = try next(repeat try (each statements).rows(of: &results))
                try next.begin(call, wave)
                return nil
            }
        }
    }
}
