/// What a document may ask for at most, whatever its variables. Fragments count wherever they are spread.
public struct DocumentLimits: Sendable {
    /// Fields within each other.
    public var depth: Int
    /// Fields with an alias.
    public var aliases: Int
    /// Fields that an operation begins with.
    public var rootFields: Int
    /// Directives.
    public var directives: Int

    public init(depth: Int = 20, aliases: Int = 100, rootFields: Int = 50, directives: Int = 50) {
        self.depth = depth
        self.aliases = aliases
        self.rootFields = rootFields
        self.directives = directives
    }

    /// Counts of a selection set, fragments included. Sums stop growing at a value that is above every limit.
    private struct Counts {
        var depth = 0
        var aliases = 0
        var fields = 0
        var directives = 0

        mutating func add(_ other: Counts) {
            depth = max(depth, other.depth)
            aliases = min(aliases + other.aliases, 1 << 40)
            directives = min(directives + other.directives, 1 << 40)
        }
    }

    /// What of a document goes beyond the limits. It must be valid: its fragments have no cycles.
    public func errors(in document: Document, source: [UInt8]) -> [GraphQLError] {
        var fragments: [String: FragmentDefinition] = [:]
        for case .fragment(let fragment) in document.definitions { fragments[fragment.name.value] = fragment }
        var counted: [String: Counts] = [:]
        var errors: [GraphQLError] = []
        for case .operation(let operation) in document.definitions {
            var counts = count(operation.selections, fragments, &counted)
            counts.directives += operation.directives.count
            for (name, value, limit) in [
                ("levels of fields", counts.depth, depth), ("aliases", counts.aliases, aliases),
                ("root fields", counts.fields, rootFields), ("directives", counts.directives, directives),
            ] where value > limit {
                errors.append(
                    GraphQLError(
                        "The operation has more than \(limit) \(name).", code: .limitExceeded,
                        locations: [SourceLocator(source).location(of: operation.position)],
                        details: [GraphQLError.Detail(name: "limit", value: .integer(Int64(limit)))]))
            }
        }
        return errors
    }

    private func count(_ selections: [Selection], _ fragments: [String: FragmentDefinition], _ counted: inout [String: Counts]) -> Counts {
        var counts = Counts()
        for selection in selections {
            switch selection {
            case .field(let field):
                var inner = count(field.selections, fragments, &counted)
                inner.depth += 1
                inner.aliases += field.alias == nil ? 0 : 1
                inner.directives += field.directives.count
                counts.fields += 1
                counts.add(inner)
            case .inlineFragment(let fragment):
                var inner = count(fragment.selections, fragments, &counted)
                inner.directives += fragment.directives.count
                counts.fields += inner.fields
                counts.add(inner)
            case .fragmentSpread(let spread):
                let name = spread.name.value
                if counted[name] == nil, let fragment = fragments[name] {
                    counted[name] = count(fragment.selections, fragments, &counted)
                }
                var inner = counted[name] ?? Counts()
                inner.directives += spread.directives.count
                counts.fields = min(counts.fields + inner.fields, 1 << 40)
                counts.add(inner)
            }
        }
        return counts
    }
}
