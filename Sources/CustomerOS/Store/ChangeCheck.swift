public import Postgres

/// Whether the database would take a change: what readiness and `doctor` ask in a transaction that they roll back.
public enum ChangeCheck {
    /// Calls a routine in PL/pgSQL, as changes do, and gives `on` where the transaction may only read.
    public static let statement = StatementText(
        "readiness.change",
        """
        SELECT current_setting('transaction_read_only'), next_renewal(now(), 12, true, now())
        """)
}
