import Foundation
import TestSupport
import Testing

@testable import HTTP

@Suite("The address of a client")
struct ClientAddressTests {
    private static let proxies = IPNetworks("10.0.0.0/8, 2001:db8:a::/48")

    private func client(_ fields: [HTTPField], peer: String = "10.0.0.1") -> String? {
        let request = HTTPRequest(method: "GET", path: "/", fields: fields, peer: IPAddress(peer))
        return ClientAddress(trusting: Self.proxies).of(request)?.description
    }

    @Test(
        "is the last that a trusted proxy gives",
        arguments: [
            (["203.0.113.1"], "203.0.113.1"), (["198.51.100.1, 203.0.113.1"], "203.0.113.1"),
            (["203.0.113.1, 10.0.0.2,10.0.0.3"], "203.0.113.1"),
            (["198.51.100.1", "203.0.113.1"], "203.0.113.1"), (["203.0.113.1", "10.0.0.2"], "203.0.113.1"),
            (["10.0.0.3, 10.0.0.2"], "10.0.0.3"),
            (["203.0.113.1:4711"], "203.0.113.1"), (["2001:db8::1"], "2001:db8::1"), (["[2001:db8::1]:443"], "2001:db8::1"),
            (["[2001:db8::1]"], "2001:db8::1"), (["::ffff:203.0.113.1"], "203.0.113.1"), (["203.0.113.1, 2001:db8:a::5"], "203.0.113.1"),
            (["\"203.0.113.1\""], "203.0.113.1"), (["203.0.113.1, , "], "203.0.113.1"), ([""], "10.0.0.1"), (["unknown"], "10.0.0.1"),
            (["203.0.113.1, nonsense"], "10.0.0.1"), (["203.0.113.1, nonsense, 10.0.0.2"], "10.0.0.2"),
            (["nonsense, 203.0.113.1"], "203.0.113.1"),
            (["\", 203.0.113.1"], "203.0.113.1"), (["203.0.113.1:"], "10.0.0.1"), (["203.0.113.256"], "10.0.0.1"),
            (["[203.0.113.1]"], "10.0.0.1"),
            (["[2001:db8::1"], "10.0.0.1"), (["fe80::1%eth0"], "10.0.0.1"),
        ])
    func forwardedFor(_ lines: [String], _ expected: String) {
        #expect(client(lines.map { HTTPField("x-forwarded-for", $0) }) == expected)
        // From anyone else it means nothing.
        #expect(client(lines.map { HTTPField("X-Forwarded-For", $0) }, peer: "192.0.2.9") == "192.0.2.9")
    }

    @Test(
        "is the last in Forwarded",
        arguments: [
            (["for=203.0.113.1"], "203.0.113.1"), (["For=\"[2001:db8::1]:4711\""], "2001:db8::1"),
            (["for=\"203.0.113.1:80\""], "203.0.113.1"),
            (["for=203.0.113.1;proto=https;by=10.0.0.1"], "203.0.113.1"), (["proto=https; for=203.0.113.1"], "203.0.113.1"),
            (["for=198.51.100.1, for=203.0.113.1"], "203.0.113.1"), (["for=198.51.100.1", "for=203.0.113.1"], "203.0.113.1"),
            (["for=203.0.113.1, for=10.0.0.2"], "203.0.113.1"), (["for=203.0.113.1;x=\"a, b\""], "203.0.113.1"),
            (["for=203.0.113.1;x=\"a\\\", b\""], "203.0.113.1"), (["for=\"203.0.113.1:_hidden\""], "203.0.113.1"),
            (["for=unknown"], "10.0.0.1"), (["for=_hidden"], "10.0.0.1"), (["by=203.0.113.1"], "10.0.0.1"),
            (["for=1.2.3.4;for=5.6.7.8"], "10.0.0.1"),
            (["for=\"evil, for=203.0.113.1"], "203.0.113.1"), (["for=\"evil", "for=203.0.113.1"], "203.0.113.1"), (["for="], "10.0.0.1"),
            (["203.0.113.1"], "10.0.0.1"), (["for=203.0.113.1, for=unknown, for=10.0.0.4"], "10.0.0.4"),
        ])
    func forwarded(_ lines: [String], _ expected: String) {
        #expect(client(lines.map { HTTPField("Forwarded", $0) }) == expected)
    }

    @Test("is X-Forwarded-For's if a request has both, and the peer's if it has neither")
    func both() {
        #expect(client([HTTPField("Forwarded", "for=198.51.100.1"), HTTPField("X-Forwarded-For", "203.0.113.1")]) == "203.0.113.1")
        #expect(client([]) == "10.0.0.1")
        #expect(ClientAddress(trusting: Self.proxies).of(HTTPRequest(method: "GET", path: "/")) == nil)
    }

    @Test("does not depend on what a client writes before the proxies")
    func property() {
        var random = RandomSource(seed: 11)
        let clutter = Array("\"\\,;=[]: .for0123456789abcdef_\t")
        for round in 0..<2000 {
            let usesForwarded = random.number(below: 2) == 0
            let write = { (address: String) in
                let isLong = address.contains(":")
                guard usesForwarded else { return isLong ? "[\(address)]:1" : address }
                return isLong ? "for=\"[\(address)]:1\"" : "for=\(address)"
            }
            let expected =
                random.number(below: 2) == 0 ? "203.0.113.\(random.number(below: 256))" : "2001:db8::\(1 + random.number(below: 9))"
            var elements = [write(expected)]
            for _ in 0..<random.number(below: 3) {
                elements.append(
                    write(
                        random.number(below: 2) == 0 ? "10.1.\(random.number(below: 256)).1" : "2001:db8:a::\(1 + random.number(below: 9))")
                )
            }
            let noise = String((0..<random.number(below: 40)).map { _ in clutter[random.number(below: clutter.count)] })
            var lines = [noise]
            for element in elements {
                // A proxy appends to the line, or adds a line.
                if random.number(below: 2) == 0 { lines[lines.count - 1] += ", \(element)" } else { lines.append(element) }
            }
            let name = usesForwarded ? "Forwarded" : "X-Forwarded-For"
            #expect(client(lines.map { HTTPField(name, $0) }) == expected, "\(round): \(lines)")
        }
    }
}
