internal import EventLoop
internal import GraphQL

/// Documents that are known to be good, with their plans. Bounded by the bytes of their texts.
final class DocumentCache: Sendable {
    private let executable: ExecutableSchema
    private let validator: Validator
    private let limits: Limits
    private let documents: Lock<LeastRecentlyUsed<String, KnownDocument>>

    /// What a document may be.
    struct Limits: Sendable {
        var bytes = 256 * 1024
        var parser = Parser.Limits(nesting: 200, tokens: 15_000)
        var document = DocumentLimits()
        var cacheBytes = 32 * 1024 * 1024
    }

    var schema: Schema { executable.schema }

    init(_ executable: ExecutableSchema, limits: Limits) {
        self.executable = executable
        self.limits = limits
        validator = Validator(schema: executable.schema)
        documents = Lock(LeastRecentlyUsed(limit: limits.cacheBytes))
    }

    enum Failure: Error {
        case parse(GraphQLError)
        case validation([GraphQLError])
    }

    /// The document of a text: parsed, validated and within the limits.
    func document(_ text: String) throws(Failure) -> KnownDocument {
        if let known = documents.withLock({ $0.value(for: text) }) { return known }
        guard text.utf8.count <= limits.bytes else {
            throw .validation([
                GraphQLError(
                    "The document has more than \(limits.bytes) bytes.", code: .limitExceeded,
                    details: [GraphQLError.Detail(name: "limit", value: .integer(Int64(limits.bytes)))])
            ])
        }
        let source = Array(text.utf8)
        let document: Document
        do {
            document = try Parser.parse(source, limits: limits.parser)
        } catch {
            throw .parse(error)
        }
        var errors = validator.validate(document, source: source)
        if errors.isEmpty { errors = limits.document.errors(in: document, source: source) }
        guard errors.isEmpty else { throw .validation(errors) }
        let known = KnownDocument(document, source: source, executable: executable)
        // A document's tree and plans take about twenty times its text.
        documents.withLock { $0.insert(known, for: text, cost: source.count * 20 + 1024) }
        return known
    }
}

/// A good document, with the plans that were made for it.
final class KnownDocument: Sendable {
    let document: Document
    let source: [UInt8]
    private let executable: ExecutableSchema
    private let conditionVariables: Set<String>
    private let plans = Lock<[String: Plan]>([:])

    /// A plan, and its answer where that is always the same.
    final class Plan: Sendable {
        let operation: PreparedOperation
        let keepsAnswer: Bool
        let answer = Lock<[UInt8]?>(nil)

        init(_ operation: PreparedOperation, keepsAnswer: Bool) {
            self.operation = operation
            self.keepsAnswer = keepsAnswer
        }
    }

    init(_ document: Document, source: [UInt8], executable: ExecutableSchema) {
        self.document = document
        self.source = source
        self.executable = executable
        conditionVariables = document.conditionVariables
    }

    /// Whether every field that any of its operations begins with is about the schema.
    var asksOnlyAboutSchema: Bool {
        document.definitions.allSatisfy { definition in
            switch definition {
            case .operation(let operation):
                operation.kind == .query
                    && operation.selections.allSatisfy { selection in
                        if case .field(let field) = selection { return field.name.value.hasPrefix("__") }
                        return false
                    }
            case .fragment: true
            case .typeSystem: false
            }
        }
    }

    /// The plan of an operation, for the values of the variables that it depends on.
    func plan(_ operation: OperationDefinition, variables: InputObject) throws(GraphQLError) -> Plan {
        var key = operation.name?.value ?? ""
        for member in variables.members where conditionVariables.contains(member.name) {
            key += member.value == .boolean(true) ? " \(member.name)" : ""
        }
        if let plan = plans.withLock({ $0[key] }) { return plan }
        let planner = Planner(executable, document: document, source: source, variables: variables)
        let prepared = try planner.plan(operation)
        let plan = Plan(prepared, keepsAnswer: prepared.isIntrospectionOnly && operation.variables.isEmpty)
        // The combinations of many conditions are not kept without end.
        plans.withLock { if $0.count < 32 { $0[key] = plan } }
        return plan
    }
}
