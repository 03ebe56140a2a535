internal import CSystem
internal import Glibc

/// An IPv4 or IPv6 address. An IPv4-mapped one (`::ffff:192.0.2.1`, RFC 4291 section 2.5.5.2) equals the IPv4 address.
public struct IPAddress: Hashable, Sendable, CustomStringConvertible {
    /// The 128 bits in IPv6 form.
    fileprivate let high: UInt64
    fileprivate let low: UInt64

    private init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    private static let prefixOfIPv4: UInt64 = 0xFFFF_0000_0000

    private init(_ address: in_addr) { self.init(high: 0, low: Self.prefixOfIPv4 | UInt64(UInt32(bigEndian: address.s_addr))) }

    private init(_ address: in6_addr) {
        (high, low) = withUnsafeBytes(of: address) {
            (UInt64(bigEndian: $0.load(as: UInt64.self)), UInt64(bigEndian: $0.load(fromByteOffset: 8, as: UInt64.self)))
        }
    }

    /// Nil if the text is not a numeric address; names, ports and zones are not.
    public init?(_ text: some StringProtocol) {
        let text = String(text)
        var short = in_addr()
        var long = in6_addr()
        if inet_pton(AF_INET, text, &short) == 1 {
            self.init(short)
        } else if inet_pton(AF_INET6, text, &long) == 1 {
            self.init(long)
        } else {
            return nil
        }
    }

    /// Nil for any other address family.
    init?(_ address: sockaddr_storage) {
        var address = address
        switch Int32(address.ss_family) {
        case AF_INET:
            self.init(
                withUnsafeMutablePointer(to: &address) {
                    $0.withMemoryRebound(to: sockaddr_in.self, capacity: 1) { $0.pointee.sin_addr }
                })
        case AF_INET6:
            self.init(
                withUnsafeMutablePointer(to: &address) {
                    $0.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) { $0.pointee.sin6_addr }
                })
        default: return nil
        }
    }

    fileprivate var isIPv4: Bool { high == 0 && low >> 32 == 0xFFFF }

    /// What counts as one client: an IPv4 address, or an IPv6 /64 network, within which a client may use any address.
    public var client: IPAddress { isIPv4 ? self : IPAddress(high: high, low: 0) }

    public var description: String {
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        if isIPv4 {
            var address = in_addr(s_addr: UInt32(truncatingIfNeeded: low).bigEndian)
            inet_ntop(AF_INET, &address, &text, socklen_t(text.count))
        } else {
            var bytes = (high.bigEndian, low.bigEndian)
            inet_ntop(AF_INET6, &bytes, &text, socklen_t(text.count))
        }
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}

/// A network in CIDR notation (RFC 4632): `10.0.0.0/8`, `2001:db8::/32`, or one address.
public struct IPNetwork: Hashable, Sendable {
    private let address: IPAddress
    private let highMask: UInt64
    private let lowMask: UInt64

    /// Nil if the text is not a network, or has bits set after the prefix: `10.0.0.1/8` is ambiguous.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = parts.first, let address = IPAddress(first) else { return nil }
        let size = first.contains(":") ? 128 : 32
        var length = size
        if parts.count == 2 {
            guard parts[1].utf8.allSatisfy({ (0x30...0x39).contains($0) }), let given = Int(parts[1]), given <= size else { return nil }
            length = given
        }
        length += 128 - size
        highMask = length >= 64 ? .max : ~(.max >> UInt64(length))
        lowMask = length <= 64 ? 0 : ~(UInt64.max >> UInt64(length - 64))
        guard address.high & ~highMask == 0, address.low & ~lowMask == 0 else { return nil }
        self.address = address
    }

    public func contains(_ other: IPAddress) -> Bool {
        (other.high ^ address.high) & highMask == 0 && (other.low ^ address.low) & lowMask == 0
    }
}

/// Networks that are treated alike.
public struct IPNetworks: Sendable {
    private let networks: [IPNetwork]

    /// The addresses of this machine.
    public static let loopback = "127.0.0.0/8, ::1"

    /// - Parameter list: Networks separated by commas. Invalid ones are left out: see `problem(with:)`.
    public init(_ list: String) { networks = Self.words(of: list).compactMap { IPNetwork($0) } }

    /// What is wrong with a list, as the end of a sentence, or nil.
    public static func problem(with list: String) -> String? {
        guard let wrong = words(of: list).first(where: { IPNetwork($0) == nil }) else { return nil }
        return "must be networks like 10.0.0.0/8 or 2001:db8::/32, without bits behind the prefix, separated by commas; not \(wrong)"
    }

    private static func words(of list: String) -> [String] { list.split(separator: ",").map(\.trimmed).filter { !$0.isEmpty } }

    public func contains(_ address: IPAddress) -> Bool { networks.contains { $0.contains(address) } }
}
