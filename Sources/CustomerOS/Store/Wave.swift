internal import GraphQL
internal import Postgres

/// The statements of one level, gathered before they are sent and answered together.
final class Wave {
    private struct Entry {
        let call: FieldCall
        let isList: Bool
        let queries: Range<Int>
        let isSlow: Bool
        let finish: ([QueryResult]) -> FieldResult
    }

    let context: RequestContext
    let tenantParameter: Parameter
    private var entries: [Entry] = []
    private var quick: [Query] = []
    private var slow: [Query] = []

    init(_ context: RequestContext) {
        self.context = context
        tenantParameter = context.tenantParameter
    }

    /// A short keyed read that answers `call`.
    func add(_ query: Query, for call: FieldCall, isList: Bool, finish: @escaping (QueryResult) -> FieldResult) {
        add([query], for: call, isList: isList) { finish($0[0]) }
    }

    /// Reads that answer `call` together. What may take long is `slow`: it gets a connection of its own.
    func add(
        _ queries: [Query], slow isSlow: Bool = false, for call: FieldCall, isList: Bool,
        finish: @escaping ([QueryResult]) -> FieldResult
    ) {
        let start = isSlow ? slow.count : quick.count
        if isSlow { slow += queries } else { quick += queries }
        entries.append(Entry(call: call, isList: isList, queries: start..<start + queries.count, isSlow: isSlow, finish: finish))
    }

    /// Sends everything, waits, and sets the results of the calls.
    func run() async {
        guard !entries.isEmpty else { return }
        context.record(quick)
        context.record(slow)
        var quickResults: [Result<QueryResult, PostgresError>] = []
        var slowResults: [Result<QueryResult, PostgresError>] = []
        if !quick.isEmpty { quickResults = await context.database.read(quick) }
        if !slow.isEmpty { slowResults = await context.database.readExclusively(slow) }
        for entry in entries {
            let results = entry.isSlow ? slowResults[entry.queries] : quickResults[entry.queries]
            do {
                let found = try results.map { try $0.get() }
                context.rowCount += found.reduce(0) { $0 + $1.rowCount }
                entry.call.result = entry.finish(found)
            } catch {
                entry.call.result = .failure(
                    context.fieldError(error, of: entry.call.field), parents: entry.call.parents.rowCount, isList: entry.isList)
            }
        }
    }
}
