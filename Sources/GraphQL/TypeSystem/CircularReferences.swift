/// Finds circular references depth first, with the path of each. It keeps its own stack: a chain of references may be
/// as long as a document.
struct CircularReferences<Node: Hashable, Reference> {
    struct Cycle {
        /// The first is a reference from `node`, the last a reference to it.
        let references: [Reference]
        let node: Node
    }

    /// How many references the cycles found may have in total before the search ends: errors name and locate each.
    private let limit = 5000

    private let references: (Node) -> [(reference: Reference, target: Node)]
    private var referencesFound = 0
    private var finished: Set<Node> = []
    /// How many references of `path` precede each node on it.
    private var places: [Node: Int] = [:]
    private var path: [Reference] = []

    /// - Parameter references: What a node refers to, in order.
    init(_ references: @escaping (Node) -> [(reference: Reference, target: Node)]) { self.references = references }

    /// Follows the references of `root` not followed by earlier searches.
    mutating func cycles(from root: Node) -> [Cycle] {
        guard !finished.contains(root) else { return [] }
        var cycles: [Cycle] = []
        var stack: [(node: Node, references: [(reference: Reference, target: Node)], next: Int)] = []
        func enter(_ node: Node) {
            finished.insert(node)
            places[node] = path.count
            stack.append((node, references(node), 0))
        }
        enter(root)
        while !stack.isEmpty, referencesFound <= limit {
            let top = stack.count - 1
            let next = stack[top].next
            guard next < stack[top].references.count else {
                places[stack[top].node] = nil
                stack.removeLast()
                if !path.isEmpty { path.removeLast() }
                continue
            }
            stack[top].next += 1
            let (reference, target) = stack[top].references[next]
            if let start = places[target] {
                cycles.append(Cycle(references: path[start...] + [reference], node: target))
                referencesFound += path.count - start + 1
            } else if !finished.contains(target) {
                path.append(reference)
                enter(target)
            }
        }
        return cycles
    }
}
