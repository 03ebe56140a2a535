internal import Synchronization

/// Whether a database's connections keep named prepared statements: until one of them finds a statement missing.
final class StatementNaming: Sendable {
    private let isNaming: Atomic<Bool>
    private let onLoss: @Sendable () -> Void

    /// - Parameter onLoss: Called once, if prepared statements turn out not to be kept.
    init(_ usesNames: Bool, onLoss: @escaping @Sendable () -> Void) {
        isNaming = Atomic(usesNames)
        self.onLoss = onLoss
    }

    var usesNames: Bool { isNaming.load(ordering: .relaxed) }

    /// A pooler switches sessions between transactions: from now on no statement has a name.
    func lose() {
        if isNaming.exchange(false, ordering: .relaxed) { onLoss() }
    }
}
