internal import GraphQL
internal import Postgres
internal import Records

/// The statements of one level, gathered, sent and answered together. Their results may require more statements, which
/// again go out together.
///
/// Short keyed reads share connections with other requests. Reads that may take long get one of their own, as do short
/// reads that return very many rows in total: an estimate of the rows decides before they are sent.
final class Wave {
    private struct Entry {
        let call: FieldCall
        let isList: Bool
        let queries: Range<Int>
        let isSlow: Bool
        let finish: ([QueryResult], Wave) throws -> FieldResult?
    }

    let context: RequestContext
    let tenantParameter: Parameter
    private var entries: [Entry] = []
    private var quick: [Query] = []
    private var slow: [Query] = []
    /// The estimated rows of the short reads and of the slow ones.
    private var (quickRows, slowRows) = (0, 0)

    /// The assumed size of a list of unknown size.
    static let assumedListSize = 10

    init(_ context: RequestContext) {
        self.context = context
        tenantParameter = context.tenantParameter
    }

    /// A short keyed read that answers `call`.
    /// - Parameter rows: How many rows it may return; nil estimates by the number of parents.
    func add(
        _ query: Query, rows: Int? = nil, for call: FieldCall, isList: Bool, finish: @escaping (QueryResult) -> FieldResult
    ) {
        add([query], rows: rows, for: call, isList: isList) { finish($0[0]) }
    }

    /// Reads that answer `call` together. `slow` ones, which may take long, get a connection of their own.
    /// - Parameter rows: How many rows they may return in total; nil estimates by the number of parents.
    func add(
        _ queries: [Query], slow isSlow: Bool = false, rows: Int? = nil, for call: FieldCall, isList: Bool,
        finish: @escaping ([QueryResult]) throws -> FieldResult
    ) {
        add(queries, slow: isSlow, rows: rows, for: call, isList: isList) { results, _ in try finish(results) }
    }

    /// Reads that answer `call` together, or lead to more: then `step` returns nil after adding to the wave what will
    /// answer it.
    func add(
        _ queries: [Query], slow isSlow: Bool = false, rows: Int? = nil, for call: FieldCall, isList: Bool,
        step finish: @escaping ([QueryResult], Wave) throws -> FieldResult?
    ) {
        count(queries, rows, for: call, isList: isList, isSlow: isSlow)
        let start = isSlow ? slow.count : quick.count
        if isSlow { slow += queries } else { quick += queries }
        entries.append(Entry(call: call, isList: isList, queries: start..<start + queries.count, isSlow: isSlow, finish: finish))
    }

    private func count(_ queries: [Query], _ rows: Int?, for call: FieldCall, isList: Bool, isSlow: Bool) {
        let rows = rows ?? queries.count * call.parents.rowCount * (isList ? Self.assumedListSize : 1)
        if isSlow { slowRows += rows } else { quickRows += rows }
    }

    /// Sends everything, waits, and sets the results of the calls, until no more statements are added.
    func run() async {
        while !entries.isEmpty { await runOnce() }
    }

    private func runOnce() async {
        let (entries, quick, slow) = (self.entries, self.quick, self.slow)
        let limit = context.limits.heavyReadRows
        let (quickIsHeavy, slowIsHeavy) = (quickRows > limit, slowRows > limit)
        (self.entries, self.quick, self.slow, quickRows, slowRows) = ([], [], [], 0, 0)
        context.record(quick)
        context.record(slow)
        var quickResults: [Result<QueryResult, PostgresError>] = []
        var slowResults: [Result<QueryResult, PostgresError>] = []
        if quickIsHeavy {
            quickResults = await context.database.readExclusively(quick, isHeavy: true)
        } else if !quick.isEmpty {
            quickResults = await context.database.read(quick)
        }
        if !slow.isEmpty { slowResults = await context.database.readExclusively(slow, isHeavy: slowIsHeavy) }
        for entry in entries {
            let results = entry.isSlow ? slowResults[entry.queries] : quickResults[entry.queries]
            do {
                let found = try results.map { try $0.get() }
                try context.hold(found)
                context.rowCount += found.reduce(0) { $0 + $1.rowCount }
                if let result = try entry.finish(found, self) { entry.call.result = result }
            } catch {
                entry.call.result = .failure(
                    context.fieldError(error, of: entry.call.field), parents: entry.call.parents.rowCount, isList: entry.isList)
            }
        }
    }
}

extension Wave: StatementWave {
    var issuer: Issuer { context.issuer }
    var limits: ListLimits { context.limits.lists }
    var caller: any Caller { context }

    func read(
        _ queries: [Query], isSlow: Bool, rows: Int?, for call: FieldCall, isList: Bool,
        next: @escaping ([QueryResult], any StatementWave) throws -> FieldResult?
    ) {
        add(queries, slow: isSlow, rows: rows, for: call, isList: isList) { results, wave in try next(results, wave) }
    }
}
