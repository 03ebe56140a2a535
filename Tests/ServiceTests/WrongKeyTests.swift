import EventLoop
import Foundation
import HTTP
import Telemetry
import TestSupport
import Testing

@testable import Service

@Suite("Wrong keys of a client")
struct WrongKeyTests {
    private static let second: UInt64 = 1_000_000_000
    private let address = IPAddress("192.0.2.1")

    private func tries(_ wrongKeys: WrongKeys, _ key: String, from address: IPAddress?, at now: UInt64 = 0) -> Bool {
        let attempt = wrongKeys.begin(key, from: address, at: now)
        if case .slowed = attempt { return false }
        _ = wrongKeys.end(attempt, isWrong: true)
        return true
    }

    @Test("are looked up n times a minute, and again as it passes", arguments: [1, 3, 10])
    func boundary(_ limit: Int) {
        let wrongKeys = WrongKeys(limit: limit, exempt: IPNetworks("10.0.0.0/8"))
        for number in 1...limit + 1 { #expect(tries(wrongKeys, "key \(number)", from: address) == (number <= limit)) }
        guard case .slowed(let seconds, let isFirst) = wrongKeys.begin("more", from: address, at: 0) else {
            Issue.record("not slowed")
            return
        }
        #expect(seconds == (60 + limit - 1) / limit && !isFirst)
        #expect(tries(wrongKeys, "later", from: address, at: UInt64(seconds) * Self.second))
        // Neither other clients nor exempt ones are affected.
        #expect(tries(wrongKeys, "key", from: IPAddress("192.0.2.2")))
        for number in 0...limit { #expect(tries(wrongKeys, "key \(number)", from: IPAddress("10.1.1.1"))) }
        for number in 0...limit { #expect(tries(wrongKeys, "key \(number)", from: nil)) }
    }

    @Test("cost nothing if they prove valid, and one if many requests bring the same key at once")
    func good() {
        let wrongKeys = WrongKeys(limit: 2, exempt: IPNetworks(""))
        for number in 0..<10 {
            let attempt = wrongKeys.begin("good \(number)", from: address, at: 0)
            #expect(!wrongKeys.end(attempt, isWrong: false))
        }
        let attempts = (0..<10).map { _ in wrongKeys.begin("one", from: address, at: 0) }
        let firsts = attempts.map { wrongKeys.end($0, isWrong: true) }
        #expect(firsts == [true] + [Bool](repeating: false, count: 9))
        #expect(tries(wrongKeys, "two", from: address) && !tries(wrongKeys, "three", from: address))
    }

    @Test("of IPv6 count by networks of 64 bits")
    func networks() {
        let wrongKeys = WrongKeys(limit: 1, exempt: IPNetworks(""))
        #expect(tries(wrongKeys, "a", from: IPAddress("2001:db8::1")) && !tries(wrongKeys, "b", from: IPAddress("2001:db8::2")))
        #expect(tries(wrongKeys, "c", from: IPAddress("2001:db8:0:1::1")))
    }

    @Test("of very many clients take bounded memory, and slowed clients stay slowed")
    func bounded() throws {
        let wrongKeys = WrongKeys(limit: 2, exempt: IPNetworks(""))
        #expect(tries(wrongKeys, "a", from: address) && tries(wrongKeys, "b", from: address) && !tries(wrongKeys, "c", from: address))
        for number in 0..<30_000 {
            _ = tries(wrongKeys, "a", from: IPAddress("10.\(number >> 16).\(number >> 8 & 255).\(number & 255)"))
        }
        #expect(wrongKeys.count <= 10_000)
        #expect(!tries(wrongKeys, "d", from: address))
    }
}

extension ServiceSuite.OneByOne.Servers {
    @Suite("Wrong keys")
    struct WrongKeyRequestTests {
        private func ask(_ port: UInt16, _ key: String, from source: String = "127.0.0.1", forwarded: String? = nil) throws -> HTTPAnswer {
            var headers = ["Content-Type": "application/json", "X-CUSTOMER-OS-API-KEY": key]
            headers["X-Forwarded-For"] = forwarded
            return try HTTPClient(port: port, from: source).send("POST", "/query", headers: headers, body: "{\"query\":\"{ tenant }\"}")
        }

        private func lookUps(_ port: UInt16) throws -> Int {
            let page = try HTTPClient(port: port).send("GET", "/metrics").body
            let line = page.split(separator: "\n").first { $0.hasPrefix("db_statement_duration_seconds_count{statement=\"api_key.find\"}") }
            return line.flatMap { $0.split(separator: " ").last }.flatMap { Int($0) } ?? 0
        }

        @Test("are looked up in the database once, and remembered for a second")
        func remembered() async throws {
            let server = try await TestServer.shared.value
            try await server.withServer({ _ in }) { port in
                let start = EventLoop.now
                for _ in 0..<50 {
                    let answer = try ask(port, "wrong")
                    #expect(answer.status == 401)
                }
                let seconds = Int((EventLoop.now - start) / 1_000_000_000)
                let count = try lookUps(port)
                #expect(count <= 1 + seconds)
            }
        }

        @Test("are refused after n in a minute, while known keys still work", arguments: [3])
        func slowed(_ limit: Int) async throws {
            let server = try await TestServer.shared.value
            let log = try TemporaryFolder()
            let path = "\(log.path)/log"
            let descriptor = Foundation.open(path, O_CREAT | O_WRONLY | O_APPEND, 0o600)
            defer { close(descriptor) }
            try await server.withServer({
                $0.limits.wrongKeys = limit
                $0.exemptAddresses = "127.0.0.1"
                $0.logDescriptor = descriptor
            }) { port in
                #expect(try ask(port, server.key, from: "127.0.2.1").status == 200)
                for number in 1...limit + 20 {
                    let answer = try ask(port, "wrong \(number)", from: "127.0.2.1")
                    #expect(answer.status == (number <= limit ? 401 : 429))
                    guard number > limit else { continue }
                    #expect(answer.body.contains("\"code\":\"RATE_LIMITED\""))
                    #expect((1...60).contains(Int(answer.headers["retry-after"] ?? "") ?? 0))
                }
                #expect(try lookUps(port) == 1 + limit)
                #expect(try ask(port, server.key, from: "127.0.2.1").status == 200)
                // Another address, and an exempt one.
                #expect(try ask(port, server.otherKey, from: "127.0.2.2").status == 200)
                for number in 0...limit { #expect(try ask(port, "wrong \(number)").status == 401) }
            }
            let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
            let told = lines.filter { $0.contains("authentication failed") && $0.contains("127.0.2.1") }
            #expect(told.count == 2, "\(told)")
            #expect(lines.filter { $0.contains("status=429") }.count == 1)
            log.remove()
        }

        @Test("count for the client that a trusted proxy names")
        func proxied() async throws {
            let server = try await TestServer.shared.value
            try await server.withServer({
                $0.limits.wrongKeys = 2
                $0.trustedProxies = "127.0.3.0/24"
            }) { port in
                for number in 1...4 {
                    let answer = try ask(port, "wrong \(number)", from: "127.0.3.1", forwarded: "198.51.100.\(number), 203.0.113.1")
                    #expect(answer.status == (number <= 2 ? 401 : 429))
                }
                #expect(try ask(port, "wrong", from: "127.0.3.1", forwarded: "203.0.113.2").status == 401)
                // An untrusted peer cannot name a client: loopback stays exempt.
                #expect(try ask(port, "wrong", from: "127.0.4.1", forwarded: "203.0.113.1").status == 401)
            }
        }
    }
}
