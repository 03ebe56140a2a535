import EventLoop
import Foundation
import TestSupport
import Testing

@testable import HTTP

/// Answers as `Tests/Clients/tls_client.py` expects.
private struct LargeHandler: HTTPHandler {
    func admit(_ request: HTTPRequest) async -> HTTPAdmission { .admitted(respond: respond) }

    private func respond(to request: HTTPRequest) async -> HTTPResponse {
        if request.path == "/big" {
            return HTTPResponse(status: 200, body: HTTPBody(Array(String(repeating: "0123456789", count: 1_000_000).utf8)))
        }
        if request.path == "/slow" { try? await Task.sleep(for: .milliseconds(100)) }
        return HTTPResponse(status: 200, text: "\(request.method) \(request.path) \(request.body.count)\n")
    }
}

/// Certificates made with openssl(1), in a folder of their own.
final class CertificateFolder {
    let path = NSTemporaryDirectory() + "/customeros-tls-" + UUID().uuidString

    init() throws { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    var certificate: String { path + "/certificate.pem" }
    var key: String { path + "/key.pem" }

    /// A new self-signed certificate for `localhost`, replacing the previous one.
    func make(name: String = "one", days: Int = 90, more: [String] = ["-nodes"]) async throws {
        let result = try await Tool.run(
            "openssl",
            [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-days", String(days), "-subj", "/CN=\(name)",
                "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-out", certificate, "-keyout", key,
            ] + more)
        try #require(result.status == 0, "\(result.output)")
        chmod(key, 0o600)
    }

    /// Replaces the certificate of `make` by one that expired long ago.
    func expire() async throws {
        try Data().write(to: URL(fileURLWithPath: path + "/index"))
        try Data("01\n".utf8).write(to: URL(fileURLWithPath: path + "/serial"))
        let settings = """
            [ca]
            default_ca = own
            [own]
            database = \(path)/index
            serial = \(path)/serial
            new_certs_dir = \(path)
            default_md = sha256
            policy = any
            [any]
            commonName = supplied
            """
        try Data(settings.utf8).write(to: URL(fileURLWithPath: path + "/settings"))
        let request = try await Tool.run(
            "openssl", ["req", "-new", "-key", key, "-subj", "/CN=expired", "-out", path + "/request"])
        try #require(request.status == 0, "\(request.output)")
        let result = try await Tool.run(
            "openssl",
            [
                "ca", "-config", path + "/settings", "-selfsign", "-batch", "-in", path + "/request", "-keyfile", key, "-out", certificate,
                "-startdate", "20200101000000Z", "-enddate", "20210101000000Z", "-notext",
            ])
        try #require(result.status == 0, "\(result.output)")
    }

    func load() throws -> TLSCertificate { try TLSCertificate(certificatePath: certificate, keyPath: key) }
}

extension Tool {
    /// The threads that tasks run on do not wait for it.
    static func run(_ name: String, _ arguments: [String]) async throws -> (status: Int32, output: String) {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(with: Result { try run(name, arguments, input: nil) })
            }
        }
    }

    /// A scenario of `Tests/Clients/tls_client.py`.
    static func client(_ scenario: String, port: UInt16, certificate: String) async throws -> (status: Int32, output: String) {
        let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        return try await run("python3", [tests.appending(path: "Clients/tls_client.py").path, scenario, String(port), certificate])
    }
}

@Suite("TLS", .serialized)
struct TLSTests {
    private func withServer(
        _ change: (inout HTTPServerConfiguration) -> Void = { _ in }, observer: (@Sendable (HTTPServerEvent) -> Void)? = nil,
        _ body: (HTTPServer, CertificateFolder, TLSCertificate) async throws -> Void
    ) async throws {
        let folder = try CertificateFolder()
        try await folder.make()
        let certificate = try folder.load()
        var configuration = HTTPServerConfiguration(host: "127.0.0.1", port: 0)
        configuration.certificate = certificate
        configuration.handshakeTimeout = .milliseconds(500)
        configuration.idleTimeout = .milliseconds(700)
        change(&configuration)
        let loops = [EventLoop(name: "one"), EventLoop(name: "two")]
        let server = try HTTPServer(configuration: configuration, loops: loops, handler: LargeHandler(), observer: observer)
        let result = await Result { try await body(server, folder, certificate) }
        await server.drain(within: .seconds(1))
        for loop in loops { loop.stop() }
        try result.get()
    }

    @Test(
        "serves other implementations' clients like plain HTTP, and survives what is not TLS",
        arguments: [
            "versions", "ciphers", "application_protocols", "curl", "many_on_one", "large_body", "large_response", "concurrent",
            "resumption", "renegotiation", "last_word", "plain_request", "garbage", "slow_handshake", "truncated_records",
            "changed_records",
        ])
    func clients(_ scenario: String) async throws {
        try await withServer {
            // With 64 handshakes at a time on a busy machine half a second is short.
            if scenario == "concurrent" { $0.handshakeTimeout = .seconds(20) }
            if scenario != "last_word" { $0.idleTimeout = .seconds(20) }
        } _: { server, folder, _ in
            let result = try await Tool.client(scenario, port: server.port, certificate: folder.certificate)
            #expect(result.status == 0, "\(result.output)")
        }
    }

    @Test("reports why connections were not secured, in a few words")
    func reasons() async throws {
        let reasons = Lock<[String]>([])
        try await withServer {
            $0.idleTimeout = .seconds(20)
        } observer: { event in
            if case .handshakeFailed(let reason) = event { reasons.withLock { $0.append(reason) } }
        } _: { server, folder, _ in
            for scenario in ["versions", "application_protocols", "garbage", "slow_handshake"] {
                let result = try await Tool.client(scenario, port: server.port, certificate: folder.certificate)
                #expect(result.status == 0, "\(result.output)")
            }
        }
        let known = Set(reasons.withLock { $0 })
        #expect(
            known == ["TLS version", "TLS application protocol", "TLS handshake", "TLS handshake timeout"])
    }

    @Test("uses a new certificate for new connections, and keeps the old one if the new one cannot be used")
    func reload() async throws {
        try await withServer { _ in
        } _: { server, folder, certificate in
            func subject() async throws -> String {
                let result = try await Tool.run(
                    "openssl", ["s_client", "-connect", "127.0.0.1:\(server.port)", "-servername", "localhost"])
                return String(result.output.split(separator: "\n").first { $0.contains("subject=") } ?? "")
            }
            #expect(try await subject().contains("one"))
            try await folder.make(name: "two")
            #expect(try await subject().contains("one"))
            try certificate.reload()
            #expect(try await subject().contains("two"))
            // Another certificate's key, malformed text, an expired certificate, a missing file.
            let other = try CertificateFolder()
            try await other.make()
            let good = try Data(contentsOf: URL(fileURLWithPath: folder.key))
            try FileManager.default.removeItem(atPath: folder.key)
            #expect(throws: TLSFailure.self) { try certificate.reload() }
            try FileManager.default.copyItem(atPath: other.key, toPath: folder.key)
            #expect(throws: TLSFailure.self) { try certificate.reload() }
            try good.write(to: URL(fileURLWithPath: folder.key))
            try certificate.reload()
            try Data("nothing".utf8).write(to: URL(fileURLWithPath: folder.certificate))
            #expect(throws: TLSFailure.self) { try certificate.reload() }
            try await folder.make(name: "three")
            try await folder.expire()
            #expect(throws: TLSFailure.self) { try certificate.reload() }
            #expect(try await subject().contains("two"))
        }
    }

    @Test("says what is wrong with the files")
    func files() async throws {
        let folder = try CertificateFolder()
        func message() -> String {
            do throws(TLSFailure) {
                return try TLSCertificate(certificatePath: folder.certificate, keyPath: folder.key).warnings.joined()
            } catch {
                return error.description
            }
        }
        #expect(message() == "The certificate file \(folder.certificate) cannot be read: No such file or directory.")
        try await folder.make()
        #expect(message().isEmpty)
        chmod(folder.key, 0o644)
        #expect(message() == "Other accounts of this machine can read the key in \(folder.key). Restrict it: chmod 600.")
        chmod(folder.key, 0o640)
        #expect(message().isEmpty)
        try await folder.make(days: 3)
        #expect(message().contains("expires in"))
        try await folder.make()
        try await folder.expire()
        #expect(message().contains("has expired: clients refuse it"))
        try await folder.make(more: ["-passout", "pass:secret"])
        #expect(message().hasPrefix("The key file \(folder.key) holds no private key in PEM without a pass phrase"))
        let other = try CertificateFolder()
        try await other.make()
        #expect(throws: TLSFailure.self) { try TLSCertificate(certificatePath: folder.certificate, keyPath: other.key) }
        try await folder.make()
        let mixed = #expect(throws: TLSFailure.self) { try TLSCertificate(certificatePath: folder.certificate, keyPath: other.key) }
        #expect(mixed?.description == "The key in \(other.key) is not that of the certificate in \(folder.certificate).")
    }

    @Test("binds both addresses before either answers")
    func addresses() throws {
        let first = try BoundSocket(host: "127.0.0.1", port: 0)
        // Nothing listens yet, so no client can connect.
        #expect(throws: LocalConnection.Failure.self) { try TestSocket(first.port) }
        let loop = EventLoop(name: "one")
        _ = try HTTPServer(
            configuration: HTTPServerConfiguration(host: "127.0.0.1", port: first.port), loops: [loop], handler: LargeHandler(),
            socket: first)
        #expect(throws: HTTPServer.Failure.self) { try BoundSocket(host: "127.0.0.1", port: first.port) }
        _ = try TestSocket(first.port)
        loop.stop()
    }
}

extension Result where Failure == any Error {
    fileprivate init(_ body: () async throws -> Success) async {
        do {
            self = .success(try await body())
        } catch {
            self = .failure(error)
        }
    }
}
