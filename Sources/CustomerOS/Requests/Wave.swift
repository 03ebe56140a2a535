internal import GraphQL
internal import Postgres
internal import Records

/// The statements of one level, gathered, sent and answered together. Their results may require more statements, which
/// again go out together.
///
/// Short keyed reads share connections with other requests. Reads that may take long get one of their own, as do short
/// reads that return very many rows in total: an estimate of the rows decides before they are sent.
final class Wave: StatementWave {
    private struct Entry {
        let call: FieldCall
        let isList: Bool
        let queries: Range<Int>
        let isSlow: Bool
        let finish: ([QueryResult], any StatementWave) throws -> FieldResult?
    }

    private let context: RequestContext
    private var entries: [Entry] = []
    private var quick: [Query] = []
    private var slow: [Query] = []
    /// The estimated rows of the short reads and of the slow ones.
    private var (quickRows, slowRows) = (0, 0)

    init(_ context: RequestContext) { self.context = context }

    var issuer: Issuer { context.issuer }
    var limits: ListLimits { context.limits.lists }
    var caller: any Caller { context }

    /// Reads that answer `call` together, or lead to more: then `next` returns nil after adding to the wave what will
    /// answer it.
    func read(
        _ queries: [Query], isSlow: Bool, rows: Int?, for call: FieldCall, isList: Bool,
        next: @escaping ([QueryResult], any StatementWave) throws -> FieldResult?
    ) {
        count(queries, rows, for: call, isList: isList, isSlow: isSlow)
        let start = isSlow ? slow.count : quick.count
        if isSlow { slow += queries } else { quick += queries }
        entries.append(Entry(call: call, isList: isList, queries: start..<start + queries.count, isSlow: isSlow, finish: next))
    }

    private func count(_ queries: [Query], _ rows: Int?, for call: FieldCall, isList: Bool, isSlow: Bool) {
        let rows = rows ?? queries.count * call.parents.rowCount * (isList ? assumedListSize : 1)
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
