internal import CSystem
internal import EventLoop
internal import Glibc

/// Accepts and keeps the connections of one loop of a server. Belongs to the loop's thread.
final class HTTPListener: EventHandler, @unchecked Sendable {
    let loop: EventLoop
    let configuration: HTTPServerConfiguration
    let handler: any HTTPHandler
    let parser: RequestHeadParser
    /// Whether each response is the last of its connection.
    private(set) var isEnding = false
    /// Whether no more connections are accepted.
    private(set) var isDraining = false
    private let descriptor: Int32
    private let connectionLimit: Int
    private let shares: ConnectionShares
    private let observer: (@Sendable (HTTPServerEvent) -> Void)?
    private var connections: [Int32: HTTPConnection] = [:]
    /// Those that count towards a client's share.
    private var connectionsOfHolder: [IPAddress: [Int32: HTTPConnection]] = [:]
    private var isAccepting = false
    private var whenEmpty: (() -> Void)?
    private var dateSecond = 0
    private var dateText = ""

    init(
        _ descriptor: Int32, loop: EventLoop, configuration: HTTPServerConfiguration, connectionLimit: Int, shares: ConnectionShares,
        handler: any HTTPHandler, observer: (@Sendable (HTTPServerEvent) -> Void)?
    ) {
        self.descriptor = descriptor
        self.loop = loop
        self.configuration = configuration
        self.connectionLimit = connectionLimit
        self.shares = shares
        self.handler = handler
        self.observer = observer
        parser = RequestHeadParser(
            requestLineLimit: configuration.requestLineLimit, headerLimit: configuration.headerLimit,
            fieldLimit: configuration.fieldLimit, bodyLimit: configuration.bodyLimit)
    }

    func observe(_ event: HTTPServerEvent) { observer?(event) }

    func startAccepting() {
        guard !isAccepting, !isDraining else { return }
        isAccepting = loop.watch(descriptor, for: [.readable, .exclusive], handler: self)
    }

    func handle(_ readiness: Readiness) {
        // A few at a time, so that the other loops get their share.
        for _ in 0..<8 where !accept() { return }
    }

    /// - Returns: Whether there was a connection, so that there may be more.
    private func accept() -> Bool {
        guard connections.count < connectionLimit || hasSilent else {
            pause()
            // Busy ones may be silent by then.
            loop.schedule(after: .milliseconds(100)) { [weak self] in self?.startAccepting() }
            return false
        }
        var address = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let accepted = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                accept4(descriptor, $0, &length, Int32(SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue))
            }
        }
        guard accepted >= 0 else {
            if errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM {
                observe(.acceptFailed(errno: errno))
                pause()
                loop.schedule(after: .milliseconds(100)) { [weak self] in self?.startAccepting() }
            }
            return false
        }
        let peer = IPAddress(address)
        let holder = shares.holder(of: peer)
        guard connections.count < connectionLimit || makeRoom(), holder.map(enter) ?? true else {
            close(accepted)
            if let peer { observe(.connectionRefused(address: peer)) }
            return true
        }
        var one: Int32 = 1
        setsockopt(accepted, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<Int32>.size))
        let connection = HTTPConnection(accepted, listener: self, peer: peer)
        connections[accepted] = connection
        if let holder { connectionsOfHolder[holder, default: [:]][accepted] = connection }
        observe(.connectionOpened)
        connection.open()
        return true
    }

    /// Counts a connection towards an address's share, closing its longest silent one if there is no room.
    private func enter(_ holder: IPAddress) -> Bool {
        shares.enter(holder) || (endSilent(of: { connectionsOfHolder[holder] }) && shares.enter(holder))
    }

    /// Ends a silent connection of the address that has the most, to make room for another client.
    private func makeRoom() -> Bool {
        if endSilent(of: { connectionsOfHolder.values.max { $0.count < $1.count } }) { return true }
        return endSilent { connectionsOfHolder.values.first { longestSilent(of: $0) != nil } }
    }

    /// Whether any silent connection can make room.
    private var hasSilent: Bool { connectionsOfHolder.values.contains { $0.values.contains(where: \.isSilent) } }

    /// - Returns: Whether there was one. One that turns out to have a request is skipped.
    private func endSilent(of connections: () -> [Int32: HTTPConnection]?) -> Bool {
        for _ in 0..<8 {
            guard let silent = longestSilent(of: connections()) else { return false }
            if silent.closeIfSilent() { return true }
        }
        return false
    }

    private func longestSilent(of connections: [Int32: HTTPConnection]?) -> HTTPConnection? {
        connections?.values.filter(\.isSilent).min { $0.deadline < $1.deadline }
    }

    private func pause() {
        guard isAccepting else { return }
        isAccepting = false
        loop.unwatch(descriptor)
    }

    func forget(_ connection: HTTPConnection) {
        guard connections.removeValue(forKey: connection.descriptor) != nil else { return }
        if let holder = shares.holder(of: connection.peer) {
            connectionsOfHolder[holder]?[connection.descriptor] = nil
            if connectionsOfHolder[holder]?.isEmpty == true { connectionsOfHolder[holder] = nil }
            shares.leave(holder)
        }
        observe(.connectionClosed)
        if connections.isEmpty { finishDraining() }
        if !isAccepting, connections.count < connectionLimit { startAccepting() }
    }

    /// From now on each response tells its client to use another connection.
    func announceEnd() { isEnding = true }

    /// Accepts the connections that clients have made so far, and no more.
    func stopAccepting() {
        while accept() {}
        pause()
        isDraining = true
    }

    /// Lets requests in progress finish, and calls `completion` when no connection is left.
    func drain(_ completion: @escaping () -> Void) {
        whenEmpty = completion
        for connection in Array(connections.values) { connection.drain() }
        if connections.isEmpty { finishDraining() }
    }

    func closeAll() {
        for connection in Array(connections.values) { connection.close() }
    }

    private func finishDraining() {
        let completion = whenEmpty
        whenEmpty = nil
        completion?()
    }

    /// The current time in the format of RFC 9110 section 5.6.7, formatted once a second.
    var date: String {
        var now = time(nil)
        if now != dateSecond {
            dateSecond = now
            var parts = tm()
            gmtime_r(&now, &parts)
            let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
            let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
            let two = { (number: Int32) in number < 10 ? "0\(number)" : "\(number)" }
            dateText =
                "\(days[Int(parts.tm_wday)]), \(two(parts.tm_mday)) \(months[Int(parts.tm_mon)]) \(parts.tm_year + 1900) "
                + "\(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec)) GMT"
        }
        return dateText
    }
}
