internal import Synchronization

/// Whether statements are kept prepared, by name, on the connections of a database: until one of them finds that they are not kept.
final class StatementNaming: Sendable {
    private let isNaming: Atomic<Bool>
    private let onLoss: @Sendable () -> Void

    /// - Parameter onLoss: Called once, when prepared statements turn out not to be kept.
    init(_ usesNames: Bool, onLoss: @escaping @Sendable () -> Void) {
        isNaming = Atomic(usesNames)
        self.onLoss = onLoss
    }

    var usesNames: Bool { isNaming.load(ordering: .relaxed) }

    /// A pooler gives sessions to others between transactions: from now on no statement has a name.
    func lose() {
        if isNaming.exchange(false, ordering: .relaxed) { onLoss() }
    }
}
