public import Postgres

/// The totals that are kept with the writes. Writers only add what changed; folding that into the totals is done beside them.
public enum KeptCounts {
    private static let compact = StatementText(
        "kept_count.compact", "SELECT kept_count_compact(tenant_id) FROM (SELECT DISTINCT tenant_id FROM kept_count_delta) waiting")

    /// Folds what has gathered. Several servers may do it at once: each tenant is folded by one of them.
    public static func fold(_ database: Database) async {
        _ = await database.readExclusively([Query(compact)], for: .platform)
    }
}
