internal import GraphQL
internal import Postgres
internal import Records

/// Records to merge into another one of their kind, each named once.
struct Merge<R: RecordKind> {
    let primary: ID<R>
    let merged: [ID<R>]

    /// - Throws: `FieldError` if an id is malformed, or a record would be merged into itself.
    init(of merged: [ID<R>], into primary: ID<R>) throws(FieldError) {
        var seen: Set<ID<R>> = []
        self.primary = primary
        self.merged = merged.filter { seen.insert($0).inserted }
        if let wrong = merged.first(where: { $0.isNobody || primary.isNobody }) { throw failure(wrong, .notFound) }
        guard !primary.isNobody else { throw missing }
        if let same = merged.first(where: { $0 == primary }) { throw failure(same, .badUserInput) }
    }

    var all: [ID<R>] { [primary] + merged }

    /// - Throws: `NOT_FOUND` unless all records are among those found.
    func check(_ found: some Collection<ID<R>>) throws(FieldError) {
        let found = Set(found)
        guard found.contains(primary) else { throw merged.first.map { failure($0, .notFound) } ?? missing }
        if let missing = merged.first(where: { !found.contains($0) }) { throw failure(missing, .notFound) }
    }

    private var word: String { R.type.table.text }

    private var missing: FieldError { FieldError("Failed to get \(word) by id \(primary)", code: .notFound) }

    private func failure(_ id: ID<R>, _ code: ErrorCode) -> FieldError {
        FieldError("Failed to merge \(word) \(id) into \(word) \(primary)", code: code)
    }
}
