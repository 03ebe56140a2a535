public import Memory

/// Where a server listens, and what it accepts.
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
    /// Connections at a time. Another one replaces a silent one of the address that has the most; if there is none, it
    /// waits in the kernel's queue.
    public var connectionLimit = 16_384
    /// Connections per IPv4 address or IPv6 /64 network. Another one replaces a silent one, or is closed.
    public var connectionLimitPerAddress = 1_024
    /// Networks exempt from the limit per address.
    public var exemptNetworks = IPNetworks(IPNetworks.loopback)
    /// What connections are secured with; nil leaves them plain.
    public var certificate: TLSCertificate?
    /// From the start of a connection until it is secured.
    public var handshakeTimeout = Duration.seconds(10)
    /// From the first byte of a request to the end of its header section; longer is 408.
    public var headerTimeout = Duration.seconds(10)
    /// For a whole body; longer is 408.
    public var bodyTimeout = Duration.seconds(30)
    /// For answering a complete request. Then its task is cancelled; it still answers.
    public var requestTimeout = Duration.seconds(30)
    /// For answering a client that sends nothing more: it may have hung up.
    public var hangUpPatience = Duration.seconds(1)
    /// Between requests.
    public var idleTimeout = Duration.seconds(75)
    /// How long a connection may stay silent once the server accepts no more; then it is closed.
    public var drainSilence = Duration.milliseconds(200)
    /// For anything else that keeps a connection open then: a handshake, or a client that does not close after its last
    /// answer.
    public var drainPatience = Duration.seconds(1)
    /// The connection is closed after this long if the client reads a response slower than `minimumRate`.
    public var writeTimeout = Duration.seconds(30)
    /// Bytes per second; 0 only requires that the client reads something.
    public var minimumRate = 1024

    /// How long a client may go on sending after its last response: closing at once could cost it that response.
    public var lingerTimeout = Duration.seconds(10)
    /// How many bytes the client may send in that time.
    public var lingerLimit = 64 * 1024 * 1024

    /// Counts what requests without a complete head hold.
    public var memory = MemoryBudget(limit: .max)

    public init(host: String, port: UInt16) {
        self.host = host
        self.port = port
    }
}
