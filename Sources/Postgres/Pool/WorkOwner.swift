/// Whose work it is. Connections are shared out by owner, so that no owner keeps others waiting.
public enum WorkOwner: Hashable, Sendable {
    /// The server's own work: keys, readiness, jobs. It has connections that tenants cannot use.
    case platform
    /// A tenant, by its number.
    case tenant(Int32)
}
