/// Which variables an operation uses itself and in the fragments it reaches. Many operations may reach many fragments,
/// so paths are followed as numbers, and repeated uses in one fragment can be checked once.
struct ReachableUses {
    private let uses: [DefinitionUses]
    /// For each of `uses`, the indexes of the fragments it spreads itself.
    private let spreads: [[Int]]
    /// For each of `uses`, its variables without those used the same way as an earlier one.
    private let distinct: [[DefinitionUses.Variable]]
    /// The round in which each of `uses` was last reached.
    private var visits: [Int]
    private var round = 0

    init(_ uses: [DefinitionUses]) {
        self.uses = uses
        var places: [String: Int] = [:]
        for (place, use) in uses.enumerated() {
            if let name = use.fragment { places[name] = place }
        }
        spreads = uses.map { use in
            var seen: Set<Int> = []
            return use.spreads.compactMap { places[$0] }.filter { seen.insert($0).inserted }
        }
        // With one operation, everything is checked once anyway.
        let isWorthwhile = uses.count { $0.operation != nil } > 1
        distinct = uses.map { isWorthwhile && $0.variables.count > 1 ? $0.distinctVariables : $0.variables }
        visits = [Int](repeating: 0, count: uses.count)
    }

    /// Every use of a variable, in the order in which the fragments are reached.
    mutating func variables(from place: Int) -> [DefinitionUses.Variable] {
        reachable(from: place).flatMap { uses[$0].variables }
    }

    /// One use for each way in which a fragment uses a variable.
    mutating func distinctVariables(from place: Int) -> [DefinitionUses.Variable] {
        reachable(from: place).flatMap { distinct[$0] }
    }

    /// The indexes of the operation and the fragments it reaches that use variables.
    private mutating func reachable(from place: Int) -> [Int] {
        round += 1
        visits[place] = round
        var pending = [place]
        var result: [Int] = []
        var index = 0
        while index < pending.count {
            let place = pending[index]
            index += 1
            if !uses[place].variables.isEmpty { result.append(place) }
            for next in spreads[place] where visits[next] != round {
                visits[next] = round
                pending.append(next)
            }
        }
        return result
    }
}

extension DefinitionUses {
    private struct Signature: Hashable {
        let name: String
        let type: String?
        let hasDefault: Bool
        let oneOf: String?
    }

    fileprivate var distinctVariables: [Variable] {
        var seen: Set<Signature> = []
        return variables.filter { variable in
            let type = variable.type.map(\.description)
            let signature = Signature(name: variable.name.value, type: type, hasDefault: variable.hasDefault, oneOf: variable.oneOf)
            return seen.insert(signature).inserted
        }
    }
}
