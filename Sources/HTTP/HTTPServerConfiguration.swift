public import Memory

/// Where a server listens, and what it takes.
public struct HTTPServerConfiguration: Sendable {
    /// An address or a host name.
    public var host: String
    /// 0 lets the system choose.
    public var port: UInt16
    /// Bytes of the request line; more is 414.
    public var requestLineLimit = 8 * 1024
    /// Bytes of the header section; more is 431.
    public var headerLimit = 32 * 1024
    /// Fields of the header section; more is 431.
    public var fieldLimit = 100
    /// Bytes of a body; more is 413.
    public var bodyLimit = 2 * 1024 * 1024
    /// Connections at a time. A further one takes the place of a silent one of the address that has the most; without one it waits in the
    /// kernel's queue.
    public var connectionLimit = 16_384
    /// Connections of one address, of IPv6 one network of 64 bits. A further one takes the place of a silent one, or is closed.
    public var connectionLimitPerAddress = 1_024
    /// Networks whose addresses have no share of their own.
    public var exemptNetworks = IPNetworks(IPNetworks.loopback)
    /// What connections are secured with; nil leaves them plain.
    public var certificate: TLSCertificate?
    /// From the beginning of a connection until it is secured.
    public var handshakeTimeout = Duration.seconds(10)
    /// From the first byte of a request to the end of its header section; longer is 408.
    public var headerTimeout = Duration.seconds(10)
    /// For a whole body; longer is 408.
    public var bodyTimeout = Duration.seconds(30)
    /// For answering a request that is whole. Then its task is cancelled; it still answers.
    public var requestTimeout = Duration.seconds(30)
    /// For answering a client that sends nothing more: it may have hung up.
    public var hangUpPatience = Duration.seconds(1)
    /// Between requests.
    public var idleTimeout = Duration.seconds(75)
    /// How long a connection may stay silent once the server takes no more of them; then it is closed.
    public var drainSilence = Duration.milliseconds(200)
    /// For what else keeps a connection then: a handshake under way, or a client that has its last answer and does not close.
    public var drainPatience = Duration.seconds(1)
    /// After so long without the client taking `minimumRate` bytes a second of a response, the connection is closed.
    public var writeTimeout = Duration.seconds(30)
    /// Bytes a second; 0 asks only that the client takes something.
    public var minimumRate = 1024

    /// How long a client that was told of the end of its connection may go on sending: to close at once would cost it the answer.
    public var lingerTimeout = Duration.seconds(10)
    /// How many bytes it may send in that time.
    public var lingerLimit = 64 * 1024 * 1024

    /// What requests that have no whole head yet hold is counted here.
    public var memory = MemoryBudget(limit: .max)

    public init(host: String, port: UInt16) {
        self.host = host
        self.port = port
    }
}
