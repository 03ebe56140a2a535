public import Postgres

/// Whether the database accepts changes: checked by readiness and `doctor` in a transaction that they roll back.
public enum ChangeCheck {
    /// Calls a PL/pgSQL routine, as changes do, and returns `on` if the transaction is read-only.
    public static let statement = StatementText(
        "readiness.change",
        """
        SELECT current_setting('transaction_read_only'), next_renewal(now(), 12, true, now())
        """)
}
