internal import EventLoop
internal import GraphQL
internal import HTTP
internal import Memory
internal import Telemetry

/// Known valid documents with their plans. Bounded by the bytes they take.
final class DocumentCache: Sendable {
    private let executable: ExecutableSchema
    private let validator: Validator
    private let suggests: Bool
    private let limits: Limits
    private let documents: Lock<LeastRecentlyUsed<ExactText, KnownDocument>>
    /// Memory of what is kept. Touched only within the lock.
    private let memory: MemoryReservation?

    var schema: Schema { executable.schema }

    /// - Parameters:
    ///   - suggests: Whether errors suggest what may have been meant.
    ///   - allowsIntrospection: Whether documents may use introspection.
    ///   - memory: Counts what is kept.
    init(
        _ executable: ExecutableSchema, limits: Limits, suggests: Bool, allowsIntrospection: Bool, memory: MemoryReservation? = nil
    ) {
        self.memory = memory
        self.executable = executable
        self.limits = limits
        self.suggests = suggests
        validator = Validator(schema: executable.schema, suggests: suggests, allowsIntrospection: allowsIntrospection)
        documents = Lock(LeastRecentlyUsed(limit: limits.documentCacheBytes))
    }

    /// How often a document was found and how often not, and the bytes kept.
    var uses: (hits: Int, misses: Int, bytes: Int) { documents.withLock { ($0.hits, $0.misses, $0.cost) } }

    enum Failure: Error {
        case parse(GraphQLError)
        /// The document or its variables are invalid.
        case validation([GraphQLError])
        case noMemory
    }

    /// The document of a text: parsed, validated and within the limits.
    /// - Parameters:
    ///   - memory: Counts a document that is not known yet.
    ///   - trace: Gets a span each for parsing and validating, if done.
    func document(_ text: String, memory: MemoryReservation? = nil, trace: RequestTrace? = nil) throws(Failure) -> KnownDocument {
        let key = ExactText(text)
        if let known = documents.withLock({ $0.value(for: key) }) { return known }
        guard text.utf8.count <= limits.documentBytes else {
            let message = "The document has more than \(limits.documentBytes) bytes."
            throw .validation([.limit("documentBytes", message, limits.documentBytes)])
        }
        guard memory?.grow(.requests, by: limits.largestDocument(ofBytes: text.utf8.count)) ?? true else { throw .noMemory }
        let source = Array(text.utf8)
        let document: Document
        let start = EventLoop.now
        do {
            document = try Parser.parse(source, limits: limits.parser)
            trace?.add("parse", from: start, to: EventLoop.now)
        } catch {
            trace?.add("parse", from: start, to: EventLoop.now, hasFailed: true)
            throw error.code == .limitExceeded ? .validation([error]) : .parse(error)
        }
        let validationStart = EventLoop.now
        var errors = validator.validate(document, source: source)
        if errors.isEmpty { errors = limits.document.errors(in: document, source: source) }
        trace?.add("validate", from: validationStart, to: EventLoop.now, hasFailed: !errors.isEmpty)
        guard errors.isEmpty else { throw .validation(errors) }
        let known = KnownDocument(document, key: key, source: source, executable: executable)
        keep(known, cost: Self.cost(of: document, source))
        return known
    }

    private func keep(_ known: KnownDocument, cost: Int) {
        documents.withLock { documents in
            guard memory?.grow(.documents, by: cost) ?? true else { return }
            documents.insert(known, for: known.key, cost: cost)
            memory?.shrink(.documents, to: documents.cost)
        }
    }

    /// Counts a document's growth. One without room is no longer kept.
    private func add(cost: Int, to known: KnownDocument) {
        documents.withLock { documents in
            if memory?.grow(.documents, by: cost) ?? true {
                documents.add(cost: cost, for: known.key)
            } else {
                documents.remove(known.key)
            }
            memory?.shrink(.documents, to: documents.cost)
        }
    }

    /// Keeps the answer to a plan whose answer is always the same.
    func keep(_ answer: HTTPBody, of plan: KnownDocument.Plan, of known: KnownDocument) {
        let isNew = plan.answer.withLock { kept in
            defer { kept = answer }
            return kept == nil
        }
        if isNew { add(cost: answer.count, to: known) }
    }

    /// An operation with everything its execution needs.
    struct PreparedRequest {
        let plan: KnownDocument.Plan
        /// Coerced for the operation.
        let variables: InputObject
        /// `PreparedOperation.cost`.
        let cost: Int
        /// Set if it costs too much to be executed.
        let refusal: GraphQLError?
    }

    /// Coerces a request's variables, plans the operation, and checks its cost against the limit.
    func prepare(
        _ operation: OperationDefinition, of known: KnownDocument, given: InputObject, memory: MemoryReservation? = nil
    ) throws(Failure) -> PreparedRequest {
        let variables: InputObject
        do {
            variables = try VariableCoercion.coerce(given, for: operation, schema: schema, source: known.source, suggests: suggests)
        } catch {
            throw .validation(error.errors)
        }
        let plan: KnownDocument.Plan
        do {
            let isKept: Bool
            (plan, isKept) = try self.plan(operation, of: known, variables: variables)
            guard isKept || memory?.grow(.requests, by: Self.cost(of: plan.operation)) ?? true else { throw Failure.noMemory }
        } catch let error as GraphQLError {
            throw .validation([error])
        } catch {
            throw .noMemory
        }
        let cost = plan.operation.cost(variables: variables)
        var refusal: GraphQLError?
        if cost > limits.cost {
            let message =
                "The operation may cost \(cost); \(limits.cost) is allowed. Ask for smaller pages, fewer relations or fewer totals."
            refusal = .limit("cost", message, limits.cost)
        }
        return PreparedRequest(plan: plan, variables: variables, cost: cost, refusal: refusal)
    }

    /// The plan of an operation, for the values of the variables it depends on.
    private func plan(
        _ operation: OperationDefinition, of known: KnownDocument, variables: InputObject
    ) throws(GraphQLError) -> (KnownDocument.Plan, isKept: Bool) {
        let (plan, keeping) = try known.plan(operation, variables: variables)
        if keeping == .new { add(cost: Self.cost(of: plan.operation), to: known) }
        return (plan, keeping != .none)
    }

    // As measured by LanguageBenchmark, rounded up.

    private static func cost(of document: Document, _ source: [UInt8]) -> Int {
        // A field has about three tokens; the rest are values.
        source.count * 2 + document.fieldCount * 400 + max(0, document.tokenCount - 3 * document.fieldCount) * 128 + 1024
    }

    private static func cost(of operation: PreparedOperation) -> Int { operation.fieldCount * 400 + 2048 }
}

/// A valid document, with the plans made for it.
final class KnownDocument: Sendable {
    let document: Document
    /// The cache's key.
    fileprivate let key: ExactText
    let source: [UInt8]
    private let executable: ExecutableSchema
    private let conditionVariables: Set<String>
    private let plans = Lock<[String: Plan]>([:])

    /// A plan, and its answer if that is always the same.
    final class Plan: Sendable {
        let operation: PreparedOperation
        let keepsAnswer: Bool
        let answer = Lock<HTTPBody?>(nil)

        init(_ operation: PreparedOperation, keepsAnswer: Bool) {
            self.operation = operation
            self.keepsAnswer = keepsAnswer
        }
    }

    init(_ document: Document, key: ExactText, source: [UInt8], executable: ExecutableSchema) {
        self.document = document
        self.key = key
        self.source = source
        self.executable = executable
        conditionVariables = document.conditionVariables
    }

    /// Whether all root fields of all its operations are introspection.
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

    /// Whether a plan is kept for the next request.
    fileprivate enum Keeping { case kept, new, none }

    /// The plan of an operation.
    fileprivate func plan(_ operation: OperationDefinition, variables: InputObject) throws(GraphQLError) -> (Plan, Keeping) {
        var key = operation.name?.value ?? ""
        for member in variables.members where conditionVariables.contains(member.name) {
            switch member.value {
            case .boolean(true): key += " \(member.name)"
            case .null: key += " \(member.name)?"
            default: break
            }
        }
        if let plan = plans.withLock({ $0[key] }) { return (plan, .kept) }
        let planner = Planner(executable, document: document, source: source, variables: variables)
        let prepared = try planner.plan(operation)
        let plan = Plan(prepared, keepsAnswer: prepared.isIntrospectionOnly && operation.variables.isEmpty)
        // The combinations of many conditions are not kept indefinitely.
        let isKept = plans.withLock { plans in
            guard plans.count < 32, plans[key] == nil else { return false }
            plans[key] = plan
            return true
        }
        return (plan, isKept ? .new : .none)
    }
}
