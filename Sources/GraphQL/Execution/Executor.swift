/// Executes planned operations breadth first: a field is resolved once for all objects of its level, and the response
/// is written from the rows at the end. Specification section 6.
public struct Executor: Sendable {
    /// The outcome of an execution.
    public struct Summary: Sendable {
        public let errors: [GraphQLError]
        /// Whether `data` itself is null.
        public let isDataNull: Bool
    }

    /// The most bytes of a response.
    public let responseLimit: Int

    public init(responseLimit: Int = 64 * 1024 * 1024) { self.responseLimit = responseLimit }

    /// Writes `{"data":…}`, after `errors` if there are any, and before `extensions` if some are given.
    /// - Parameter variables: Coerced for this operation.
    public func execute(
        _ operation: PreparedOperation, variables: InputObject, host: any ExecutionHost, into buffer: ResponseBuffer,
        extensions: InputObject? = nil
    ) async -> Summary {
        let root = ResultNode(operation.root, RowBatch(rowCount: 1, columnCount: 0, owner: nil))
        let resolution = Resolution(variables: variables, host: host)
        if operation.kind == .mutation {
            for field in operation.root.fields { await resolution.resolve(root, only: field.index) }
        } else {
            await resolution.resolve(root, only: nil)
        }
        let writer = ResponseWriter(buffer, source: operation.source, limit: responseLimit)
        return writer.write(root, extensions: extensions)
    }
}

/// The levels of one execution.
private final class Resolution {
    private let variables: InputObject
    private let host: any ExecutionHost

    init(variables: InputObject, host: any ExecutionHost) {
        self.variables = variables
        self.host = host
    }

    /// Resolves everything below a node, or below one of its fields.
    func resolve(_ root: ResultNode, only field: Int?) async {
        var level = [root]
        var only = field
        while !level.isEmpty {
            var next: [ResultNode] = []
            let pending = begin(level, only, &next)
            only = nil
            if !pending.isEmpty {
                let calls = pending.map(\.call)
                if Task.isCancelled {
                    let error = FieldError("The request took too long, or its client went away. It was cancelled.", code: .timeout)
                    for call in calls { call.result = .failure(error, parents: call.parents.rowCount, isList: call.field.listDepth > 0) }
                } else {
                    await host.resolve(calls)
                }
                for (node, call) in pending { attach(call.result, call.field, node, &next) }
            }
            level = next
        }
    }

    /// Starts all fields of a level. Results that are available at once are attached.
    private func begin(_ level: [ResultNode], _ only: Int?, _ next: inout [ResultNode]) -> [(node: ResultNode, call: FieldCall)] {
        var pending: [(node: ResultNode, call: FieldCall)] = []
        var nodes = level
        var index = 0
        while index < nodes.count {
            let node = nodes[index]
            index += 1
            guard node.rows.rowCount > 0 else { continue }
            for field in node.object.fields where only == nil || only == field.index || node !== level[0] {
                if field.isGuarded, let refusal = host.refusal(of: field.definition) {
                    node.refusals[field.index] = refusal
                    continue
                }
                switch field.binding {
                case .column, .constant: break
                case .embedded:
                    guard let selection = field.selections.first else { break }
                    let child = ResultNode(selection, node.rows)
                    node.children[field.index] = [child]
                    nodes.append(child)
                case .nested: attach(node.nested[field.index], field, node, &next)
                case .resolved(let resolver), .resolvedLeaf(let resolver, _):
                    guard let call = call(field, node) else { break }
                    if let introspection = resolver as? IntrospectionResolver {
                        introspection.resolve(call)
                        attach(call.result, field, node, &next)
                    } else {
                        pending.append((node, call))
                    }
                }
            }
        }
        return pending
    }

    private func call(_ field: PlannedField, _ node: ResultNode) -> FieldCall? {
        if let arguments = field.constantArguments { return FieldCall(field: field, arguments: arguments, parents: node.rows) }
        do {
            let arguments = try ArgumentCoercion.coerce(field.definition.arguments, field.argumentNodes, variables: variables)
            return FieldCall(field: field, arguments: arguments, parents: node.rows)
        } catch {
            node.results[field.index] = .failure(error, parents: node.rows.rowCount, isList: field.listDepth > 0)
            return nil
        }
    }

    private func attach(_ result: FieldResult?, _ field: PlannedField, _ node: ResultNode, _ next: inout [ResultNode]) {
        let rowCount = node.rows.rowCount
        guard let result, result.problem(parents: rowCount, listDepth: field.listDepth) == nil else {
            let error = FieldError("Internal server error!", code: .internal)
            node.results[field.index] = .failure(error, parents: rowCount, isList: field.listDepth > 0)
            return
        }
        node.results[field.index] = result
        guard !field.selections.isEmpty else { return }
        node.children[field.index] = result.parts.map { part in
            guard let type = part.type, let selection = field.selection(for: type), part.rows.columnCount >= selection.columns.count else {
                return nil
            }
            let child = ResultNode(selection, part.rows, nested: part.nested)
            next.append(child)
            return child
        }
    }
}
