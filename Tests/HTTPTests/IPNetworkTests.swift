import Foundation
import TestSupport
import Testing

@testable import HTTP

@Suite("Addresses and networks")
struct IPNetworkTests {
    @Test(
        "contain what has their first bits",
        arguments: [
            ("10.0.0.0/8", "10.255.255.255", true), ("10.0.0.0/8", "11.0.0.0", false), ("192.0.2.1", "192.0.2.1", true),
            ("192.0.2.1", "192.0.2.2", false), ("192.0.2.0/31", "192.0.2.1", true), ("0.0.0.0/0", "203.0.113.9", true),
            ("0.0.0.0/0", "2001:db8::1", false), ("::/0", "2001:db8::1", true), ("2001:db8::/32", "2001:db8:ffff::1", true),
            ("2001:db8::/32", "2001:db9::", false), ("2001:db8::/64", "2001:db8:0:0:ffff::", true),
            ("2001:db8::/64", "2001:db8:0:1::", false), ("2001:db8::/65", "2001:db8::8000:0:0:0", false),
            ("10.0.0.0/8", "::ffff:10.1.2.3", true), ("::ffff:10.0.0.0/104", "10.1.2.3", true), ("::1", "::1", true),
            ("::1", "127.0.0.1", false),
        ])
    func contains(_ network: String, _ address: String, _ isInside: Bool) throws {
        #expect(try #require(IPNetwork(network)).contains(try #require(IPAddress(address))) == isInside)
    }

    @Test(
        "are refused if ambiguous",
        arguments: [
            "", "10.0.0.1/8", "10.0.0.0/33", "2001:db8::/129", "2001:db8::1/64", "10.0.0.0/", "10.0.0.0/+8", "10.0.0.0/-1", "10/8",
            "010.0.0.0/8",
            "localhost", "10.0.0.0/8/8", "fe80::1%lo", "[::1]", "10.0.0.0/99999999999999999999",
        ])
    func refused(_ text: String) {
        #expect(IPNetwork(text) == nil)
        if !text.isEmpty { #expect(IPNetworks.problem(with: "10.0.0.0/8, \(text)")?.hasSuffix("not \(text)") == true) }
        #expect(IPNetworks.problem(with: " 10.0.0.0/8 ,, ::1,") == nil)
    }

    @Test("agree with their bits, one by one")
    func bits() throws {
        var random = RandomSource(seed: 7)
        for _ in 0..<500 {
            let bits = (0..<32).map { _ in random.number(below: 2) }
            let length = random.number(below: 33)
            let text: ([Int]) -> String = { bits in
                stride(from: 0, to: 32, by: 8).map { String(bits[$0..<$0 + 8].reduce(0) { $0 * 2 + $1 }) }.joined(separator: ".")
            }
            let network = try #require(IPNetwork("\(text(Array(bits[..<length]) + [Int](repeating: 0, count: 32 - length)))/\(length)"))
            #expect(network.contains(try #require(IPAddress(text(bits)))))
            guard length > 0 else { continue }
            var others = bits
            others[random.number(below: length)] ^= 1
            #expect(!network.contains(try #require(IPAddress(text(others)))))
        }
    }

    @Test("are one client per IPv4 address and per IPv6 /64")
    func clients() throws {
        let client = { (text: String) in IPAddress(text)?.client.description }
        #expect(client("2001:db8::1") == client("2001:db8::ffff:2"))
        #expect(client("2001:db8::1") != client("2001:db8:0:1::1"))
        #expect(client("192.0.2.1") != client("192.0.2.2"))
        #expect(client("192.0.2.1") == client("::ffff:192.0.2.1"))
        #expect(client("2001:db8::1") == "2001:db8::")
        #expect(client("::ffff:192.0.2.1") == "192.0.2.1")
    }
}
