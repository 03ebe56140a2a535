/// A concurrent change interfered: the transaction must restart.
struct BeginAgain: Error {}
