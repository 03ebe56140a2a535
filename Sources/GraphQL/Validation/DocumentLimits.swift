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

    func check(_ context: ValidationContext) {
        var fragments: [String: Counts] = [:]
        for operation in context.operations {
            var counts = count(operation.selections, context, &fragments)
            counts.directives += operation.directives.count
            for (name, value, limit) in [
                ("levels of fields", counts.depth, depth), ("aliases", counts.aliases, aliases),
                ("root fields", counts.fields, rootFields), ("directives", counts.directives, directives),
            ] where value > limit {
                context.report(
                    "The operation has more than \(limit) \(name).", at: operation.position, code: .limitExceeded, limit: limit)
            }
        }
    }

    /// Validated before: there are no cycles.
    private func count(_ selections: [Selection], _ context: ValidationContext, _ fragments: inout [String: Counts]) -> Counts {
        var counts = Counts()
        for selection in selections {
            switch selection {
            case .field(let field):
                var inner = count(field.selections, context, &fragments)
                inner.depth += 1
                inner.aliases += field.alias == nil ? 0 : 1
                inner.directives += field.directives.count
                counts.fields += 1
                counts.add(inner)
            case .inlineFragment(let fragment):
                var inner = count(fragment.selections, context, &fragments)
                inner.directives += fragment.directives.count
                counts.fields += inner.fields
                counts.add(inner)
            case .fragmentSpread(let spread):
                let name = spread.name.value
                if fragments[name] == nil, let fragment = context.fragments[name] {
                    fragments[name] = count(fragment.selections, context, &fragments)
                }
                var inner = fragments[name] ?? Counts()
                inner.directives += spread.directives.count
                counts.fields = min(counts.fields + inner.fields, 1 << 40)
                counts.add(inner)
            }
        }
        return counts
    }
}
