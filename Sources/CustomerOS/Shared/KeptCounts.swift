public import Postgres

/// Totals maintained with the writes. Writers only append changes; folding them into the totals happens separately.
public enum KeptCounts {
    private static let compact = StatementText(
        "kept_count.compact", "SELECT kept_count_compact(tenant_id) FROM (SELECT DISTINCT tenant_id FROM kept_count_delta) waiting")

    /// Folds pending changes. Several servers may do it at once: each tenant is folded by one of them.
    public static func fold(_ database: Database) async {
        _ = await database.readExclusively([Query(compact)], for: .platform)
    }
}
