/// Whose work it is. Connections are shared out by it, so that nobody's work keeps others waiting.
public enum WorkOwner: Hashable, Sendable {
    /// What the server does for everybody: keys, readiness, jobs. It has connections that no tenant's work reaches.
    case platform
    /// A tenant, by its number.
    case tenant(Int32)
}
