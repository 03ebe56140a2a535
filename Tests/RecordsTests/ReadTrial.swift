import GraphQL
@testable import Postgres
import Records

/// Executes queries against made-up results, and notes the statements.
final class ReadTrial: ExecutionHost, StatementWave {
    let issuer = Issuer(tenant: .text("7"), actor: .text("me"))
    var limits = ListLimits()
    let caller: any Caller = Somebody()
    /// The statements sent, with their parameters.
    private(set) var queries: [Query] = []
    /// Whether each read was a slow one.
    private(set) var slow: [Bool] = []
    private var results: [[[String?]]]
    private var pending: [() throws -> Void] = []

    /// - Parameter results: The rows of each statement, in the order in which they are sent.
    init(_ results: [[String?]]...) { self.results = results.reversed() }

    var texts: [String] { queries.map(\.statement.sql.text) }

    func parameters(_ index: Int) -> [String?] {
        queries[index].parameters.map { parameter in
            if case .text(let text) = parameter { text } else { nil }
        }
    }

    func read(
        _ queries: [Query], isSlow: Bool, rows _: Int?, for call: FieldCall, isList _: Bool,
        next: @escaping ([QueryResult], any StatementWave) throws -> FieldResult?
    ) {
        self.queries += queries
        slow.append(isSlow)
        let found = queries.map { _ in MadeResult.rows(results.popLast() ?? []) }
        pending.append { [unowned self] in if let result = try next(found, self) { call.result = result } }
    }

    func refusal(of _: FieldDefinition) -> FieldError? { nil }

    func resolve(_ calls: [FieldCall]) async {
        for call in calls {
            do {
                switch call.field.binding {
                case .resolved(let resolver as ReadField), .resolvedLeaf(let resolver as ReadField, _): try resolver.begin(call, self)
                default: break
                }
                while !pending.isEmpty { try pending.removeFirst()() }
            } catch {
                let error = error as? FieldError ?? FieldError("\(error)", code: .internal)
                call.result = .failure(error, parents: call.parents.rowCount, isList: call.field.listDepth > 0)
            }
        }
    }

    /// - Returns: The response as text.
    func execute(_ query: String, _ executable: ExecutableSchema) async throws -> String {
        let source = Array(query.utf8)
        let document = try Parser.parse(source)
        let operation = try OperationDefinition.select(from: document, name: nil)
        let plan = try Planner(executable, document: document, source: source, variables: InputObject()).plan(operation)
        let buffer = ResponseBuffer(capacity: 64)
        _ = await Executor().execute(plan, variables: InputObject(), host: self, into: buffer)
        return String(decoding: buffer.bytes, as: UTF8.self)
    }
}

extension ExecutableSchema {
    /// The served schema of features, as a program makes it at start.
    convenience init(_ text: String, _ features: Feature..., objects: [String: [String: FieldBinding]] = [:]) throws {
        let schema = try SchemaBuilder.build([SchemaSource(name: "test", text: Array(text.utf8))])
        var bindings = objects
        for feature in features {
            bindings.merge(feature.objects) { $1 }
            bindings["Query", default: [:]].merge(feature.queries) { $1 }
            bindings["Mutation", default: [:]].merge(feature.mutations) { $1 }
            for type in feature.types { bindings[type.name] = type.bindings }
        }
        try self.init(schema: schema, bindings: bindings, types: features.flatMap(\.types), features: features)
    }
}

/// A caller with every role.
private final class Somebody: Caller {
    let tenantName = "tenant"

    func hasRole(_: String) -> Bool { true }
}
