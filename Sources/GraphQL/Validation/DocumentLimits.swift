/// The most a document may ask for, whatever its variables. Fragments count wherever they are spread.
public struct DocumentLimits: Sendable {
    /// Nested fields.
    public var depth = 20
    /// Fields with an alias.
    public var aliases = 100
    /// Root fields of an operation.
    public var rootFields = 50
    /// Directives.
    public var directives = 50
    /// Fields; a fragment's count each time it is spread.
    public var fields = 50_000
    /// The count that the original service limits: one per field. Nil means no limit.
    public var complexity: Int?

    public init() {}

    /// Counts of a selection set, fragments included. Sums saturate above every limit.
    private struct Counts {
        var depth = 0
        var aliases = 0
        var rootFields = 0
        var fields = 0
        var directives = 0

        mutating func add(_ other: Counts) {
            depth = max(depth, other.depth)
            aliases = min(aliases + other.aliases, 1 << 40)
            fields = min(fields + other.fields, 1 << 40)
            directives = min(directives + other.directives, 1 << 40)
        }
    }

    /// Errors of code `limitExceeded` for each limit the document exceeds. The document must be valid: its fragments
    /// have no cycles.
    public func errors(in document: Document, source: [UInt8]) -> [GraphQLError] {
        var fragments: [String: FragmentDefinition] = [:]
        for case .fragment(let fragment) in document.definitions { fragments[fragment.name.value] = fragment }
        let counted = count(fragments)
        var errors: [GraphQLError] = []
        // There may be many operations; one error is enough.
        lazy var locator = SourceLocator(source)
        for case .operation(let operation) in document.definitions where errors.isEmpty {
            var counts = count(operation.selections, counted)
            counts.directives += operation.directives.count
            let excesses = [
                ("depth", "levels of fields", counts.depth, depth), ("aliases", "aliases", counts.aliases, aliases),
                ("rootFields", "root fields", counts.rootFields, rootFields),
                ("directives", "directives", counts.directives, directives), ("fields", "fields", counts.fields, fields),
            ].filter { $0.2 > $0.3 }
            guard !excesses.isEmpty || counts.fields > complexity ?? .max else { continue }
            let location = locator.location(of: operation.position)
            for (name, what, _, limit) in excesses {
                errors.append(.limit(name, "The operation has more than \(limit) \(what).", limit, at: [location]))
            }
            if let complexity, counts.fields > complexity {
                let message = "operation has complexity \(counts.fields), which exceeds the limit of \(complexity)"
                errors.append(.limit("complexity", message, complexity, at: [location]))
            }
        }
        return errors
    }

    /// Counts every fragment after those it spreads, with its own stack: a chain of fragments may be long.
    private func count(_ fragments: [String: FragmentDefinition]) -> [String: Counts] {
        var counted: [String: Counts] = [:]
        for root in fragments.values where counted[root.name.value] == nil {
            var stack = [(fragment: root, spreads: root.selections.allSpreads)]
            while var top = stack.popLast() {
                guard let spread = top.spreads.popLast() else {
                    counted[top.fragment.name.value] = count(top.fragment.selections, counted)
                    continue
                }
                stack.append(top)
                if counted[spread.name.value] == nil, let next = fragments[spread.name.value] {
                    stack.append((next, next.selections.allSpreads))
                }
            }
        }
        return counted
    }

    private func count(_ selections: [Selection], _ counted: [String: Counts]) -> Counts {
        var counts = Counts()
        for selection in selections {
            switch selection {
            case .field(let field):
                var inner = count(field.selections, counted)
                inner.depth += 1
                inner.aliases += field.alias == nil ? 0 : 1
                inner.directives += field.directives.count
                inner.fields += 1
                counts.rootFields += 1
                counts.add(inner)
            case .inlineFragment(let fragment):
                var inner = count(fragment.selections, counted)
                inner.directives += fragment.directives.count
                counts.rootFields += inner.rootFields
                counts.add(inner)
            case .fragmentSpread(let spread):
                var inner = counted[spread.name.value] ?? Counts()
                inner.directives += spread.directives.count
                counts.rootFields = min(counts.rootFields + inner.rootFields, 1 << 40)
                counts.add(inner)
            }
        }
        return counts
    }
}

extension GraphQLError {
    /// A refusal by a limit; `extensions` has its name and value.
    public static func limit(
        _ name: String, _ message: String, _ limit: Int, at locations: [GraphQLError.Location] = []
    ) -> GraphQLError {
        GraphQLError(
            message, code: .limitExceeded, locations: locations,
            details: [Detail(name: "limitName", value: .string(name)), Detail(name: "limit", value: .integer(Int64(limit)))])
    }
}
