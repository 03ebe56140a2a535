import EventLoop
import Foundation
import TestSupport
import Testing

@testable import Service

@Suite("The service manager")
struct ServiceManagerTests {
    @Test("is understood from its variables, and those of another process are left alone")
    func variables() throws {
        let manager = ServiceManager(["WATCHDOG_USEC": "30000000", "WATCHDOG_PID": "7"], processID: 7)
        #expect(manager.watchdogInterval == .seconds(30))
        for environment in [
            [:], ["WATCHDOG_USEC": "30000000", "WATCHDOG_PID": "8"], ["WATCHDOG_USEC": "0"], ["WATCHDOG_USEC": "soon"],
            ["LISTEN_FDS": "1", "LISTEN_PID": "8"], ["LISTEN_FDS": "1"], ["LISTEN_FDS": "-3", "LISTEN_PID": "7"],
            ["NOTIFY_SOCKET": "relative"], ["NOTIFY_SOCKET": "/nowhere/at/all"],
            ["NOTIFY_SOCKET": "/" + String(repeating: "x", count: 200)],
        ] {
            let other = ServiceManager(environment, processID: 7)
            #expect(other.watchdogInterval == nil, "\(environment)")
            #expect(try other.socket == nil && other.metricsSocket == nil, "\(environment)")
            other.tell("READY=1")
        }
    }

    @Test("gets a keep-alive only while every loop turns")
    func hangingLoop() throws {
        let loops = (0..<3).map { EventLoop(name: "watched-\($0)") }
        defer {
            for loop in loops {
                loop.stop()
                loop.join()
            }
        }
        let beats = Lock(0)
        LoopRound(loops, .milliseconds(5)) { beats.withLock { $0 += 1 } }.begin()
        let deadline = EventLoop.now + 20_000_000_000
        while beats.withLock({ $0 }) < 5, EventLoop.now < deadline { usleep(1000) }
        #expect(beats.withLock { $0 } >= 5)
        let (hangs, released) = (Lock(false), Lock(false))
        loops[1].execute {
            hangs.withLock { $0 = true }
            while !released.withLock({ $0 }) { usleep(1000) }
        }
        while !hangs.withLock({ $0 }), EventLoop.now < deadline { usleep(1000) }
        // The message in flight may still complete its round.
        usleep(50_000)
        let before = beats.withLock { $0 }
        usleep(200_000)
        #expect(beats.withLock { $0 } == before)
        released.withLock { $0 = true }
        while beats.withLock({ $0 }) == before, EventLoop.now < deadline { usleep(1000) }
        #expect(beats.withLock { $0 } > before)
    }

    private static var unit: String {
        let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        return tests.appending(path: "../../deploy/customeros-api.service").standardizedFileURL.path
    }

    @Test(
        "gets a unit with an exposure of at most 1.5",
        .enabled(if: Tool.path("systemd-analyze") != nil, "systemd-analyze is not installed"))
    func exposure() throws {
        let done = try Tool.run("systemd-analyze", ["security", "--offline=true", "--no-pager", Self.unit])
        let line = try #require(done.output.split(separator: "\n").last { $0.contains("Overall exposure level") })
        let level = try #require(line.split(separator: " ").compactMap { Double($0) }.first, "\(line)")
        #expect(level <= 1.5, "\(line)")
    }

    @Test("finds in the unit the credentials that the settings accept")
    func credentials() throws {
        let text = try String(contentsOfFile: Self.unit, encoding: .utf8)
        let names = text.split(separator: "\n").filter { $0.hasPrefix("LoadCredential=") }.compactMap { line in
            line.split(separator: "=").last?.split(separator: ":").first.map(String.init)
        }
        #expect(Set(names).isSuperset(of: ["database-url", "demo-api-key", "tls-certificate", "tls-key"]))
        for name in names {
            let option = try #require(ServeSettings.all.first { $0.name == name }, "\(name)")
            if case .inputFile = option.kind { continue }
            #expect(option.isSecret, "\(name)")
        }
        for line in ["Type=notify", "WatchdogSec=", "ProtectSystem=strict", "StateDirectory=customeros-api"] {
            #expect(text.contains(line))
        }
    }
}
