/// Waiting work: first in, first out for each owner, and the owners take turns.
package struct FairQueue<Element> {
    private var queues: [WorkOwner: Queue<Element>] = [:]
    /// The owners with waiting work. The first has the next turn.
    private var turns: [WorkOwner] = []
    package private(set) var count = 0

    package init() {}

    package var isEmpty: Bool { count == 0 }

    package func count(of owner: WorkOwner) -> Int { queues[owner]?.count ?? 0 }

    package mutating func append(_ element: Element, of owner: WorkOwner) {
        count += 1
        if queues[owner] == nil { turns.append(owner) }
        queues[owner, default: Queue()].append(element)
    }

    /// Removes the oldest element of the owner whose turn it is among those that may go on.
    package mutating func popFirst(where mayGoOn: (WorkOwner) -> Bool = { _ in true }) -> Element? {
        guard let turn = turns.firstIndex(where: mayGoOn) else { return nil }
        let owner = turns.remove(at: turn)
        guard let element = queues[owner]?.popFirst() else { return nil }
        count -= 1
        if queues[owner]?.isEmpty == true { queues[owner] = nil } else { turns.append(owner) }
        return element
    }

    package mutating func removeAll(of owner: WorkOwner, where condition: (Element) -> Bool) {
        guard var queue = queues[owner] else { return }
        count -= queue.count
        queue.removeAll(where: condition)
        count += queue.count
        queues[owner] = queue.isEmpty ? nil : queue
        if queue.isEmpty { turns.removeAll { $0 == owner } }
    }

    /// Removes everything.
    package mutating func popAll() -> [Element] {
        var elements: [Element] = []
        while let element = popFirst() { elements.append(element) }
        return elements
    }
}
