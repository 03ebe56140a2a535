/// A graph whose nodes are the numbers below `successors.count`.
struct DirectedGraph {
    var successors: [[Int]]

    /// The nodes on cycles: those in strongly connected components of several nodes, and those with an edge to
    /// themselves. Tarjan's algorithm with its own stack: a path may be as long as a document.
    var nodesOnCycles: Set<Int> {
        var result: Set<Int> = []
        var orders = [Int](repeating: 0, count: successors.count)
        var lowest = orders
        var isOpen = [Bool](repeating: false, count: successors.count)
        var open: [Int] = []
        var order = 0
        var stack: [(node: Int, next: Int)] = []
        func enter(_ node: Int) {
            order += 1
            orders[node] = order
            lowest[node] = order
            isOpen[node] = true
            open.append(node)
            stack.append((node, 0))
        }
        func closeComponent(of node: Int) {
            guard let start = open.lastIndex(of: node) else { return }
            let component = open[start...]
            for member in component { isOpen[member] = false }
            if component.count > 1 || successors[node].contains(node) { result.formUnion(component) }
            open.removeSubrange(start...)
        }
        for root in successors.indices where orders[root] == 0 {
            enter(root)
            while let (node, next) = stack.last {
                if next < successors[node].count {
                    stack[stack.count - 1].next += 1
                    let target = successors[node][next]
                    if orders[target] == 0 {
                        enter(target)
                    } else if isOpen[target] {
                        lowest[node] = min(lowest[node], orders[target])
                    }
                } else {
                    stack.removeLast()
                    if let parent = stack.last?.node { lowest[parent] = min(lowest[parent], lowest[node]) }
                    if lowest[node] == orders[node] { closeComponent(of: node) }
                }
            }
        }
        return result
    }
}
