import EventLoop
import Foundation
import Testing

@testable import HTTP

/// Echoes the request.
private struct TellingHandler: HTTPHandler {
    func admit(_ request: HTTPRequest) async -> HTTPAdmission { .admitted(respond: respond) }

    private func respond(to request: HTTPRequest) async -> HTTPResponse {
        if request.path == "/large" { return HTTPResponse(status: 200, body: HTTPBody([UInt8](repeating: 65, count: 5_000_000))) }
        if request.path == "/slow" { try? await Task.sleep(for: .seconds(5)) }
        let text = "\(request.method) \(request.path) \(request.body.count) \(request.field("Host") ?? "") \(request.field("X-A") ?? "")"
        return HTTPResponse(status: request.path == "/busy" ? 503 : 200, text: text, fields: [HTTPField("Retry-After", "7")])
    }
}

@Suite("An outgoing request", .serialized)
struct OutgoingRequestTests {
    private static func send(
        _ request: OutgoingRequest, isCancelled: @escaping @Sendable () -> Bool = { false }
    ) async -> Result<OutgoingRequest.Response, OutgoingRequest.Failure> {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                do throws(OutgoingRequest.Failure) {
                    continuation.resume(returning: .success(try request.send(isCancelled: isCancelled)))
                } catch {
                    continuation.resume(returning: .failure(error))
                }
            }
        }
    }

    private func withServer(_ certificate: TLSCertificate? = nil, _ body: (UInt16) async throws -> Void) async throws {
        var configuration = HTTPServerConfiguration(host: "0.0.0.0", port: 0)
        configuration.certificate = certificate
        let loop = EventLoop(name: "one")
        let server = try HTTPServer(configuration: configuration, loops: [loop], handler: TellingHandler())
        try await body(server.port)
        await server.drain(within: .milliseconds(100))
        loop.stop()
    }

    @Test("parses addresses, and refuses invalid ones")
    func addresses() throws {
        let address = try #require(OutgoingRequest.Address("http://localhost:4318/v1/traces"))
        #expect(address.host == "localhost" && address.port == 4318 && address.path == "/v1/traces" && !address.isSecure)
        #expect(OutgoingRequest.Address("HTTPS://a")?.port == 443)
        #expect(OutgoingRequest.Address("http://[::1]:80/x")?.host == "::1")
        for bad in [
            "", "a", "http:/a", "http://", "http://:80", "http://a:b", "http://a:", "http://[::1", "http://[::1]x", "http://a/\r\nX: y",
            "http://a b", "http://u:p@h", "http://a/#f",
        ] {
            #expect(OutgoingRequest.Address(bad) == nil, "\(bad)")
        }
    }

    @Test("returns the answer, over plain HTTP")
    func plain() async throws {
        try await withServer { port in
            func address(_ path: String) throws -> OutgoingRequest.Address {
                try #require(OutgoingRequest.Address("http://127.0.0.1:\(port)\(path)"))
            }
            let body = [UInt8](repeating: 66, count: 1_500_000)
            let answer = try await Self.send(
                OutgoingRequest("POST", address("/a"), fields: [HTTPField("X-A", "b")], body: body)
            ).get()
            #expect(answer.status == 200 && String(decoding: answer.body, as: UTF8.self) == "POST /a 1500000 127.0.0.1:\(port) b")
            let busy = try await Self.send(OutgoingRequest("GET", address("/busy"))).get()
            #expect(busy.status == 503 && busy.field("retry-after") == "7")
            #expect(try await Self.send(OutgoingRequest("GET", address("/large"))).get().body.count == 65_536)
            let late = try await Self.send(OutgoingRequest("GET", address("/slow"), limit: .milliseconds(200)))
            guard case .failure(let tooLate) = late else { return #expect(Bool(false)) }
            #expect(tooLate.description == "no answer in time")
            let start = ContinuousClock.now
            let cancelled = try await Self.send(OutgoingRequest("GET", address("/slow"))) {
                ContinuousClock.now - start > .milliseconds(300)
            }
            guard case .failure(let ended) = cancelled else { return #expect(Bool(false)) }
            #expect(ended.description == "cancelled")
        }
        let nobody = await Self.send(OutgoingRequest("GET", try #require(OutgoingRequest.Address("http://127.0.0.1:1/"))))
        guard case .failure(let failure) = nobody else { return #expect(Bool(false)) }
        #expect(failure.description == "no connection: Connection refused")
    }

    @Test("trusts a server's certificate only when it should")
    func secure() async throws {
        let folder = try CertificateFolder()
        try await folder.make()
        let other = try CertificateFolder()
        try await other.make()
        try await withServer(try folder.load()) { port in
            func failure(_ host: String, _ trusted: String?) async -> String {
                guard let address = OutgoingRequest.Address("https://\(host):\(port)/x") else { return "no address" }
                var request = OutgoingRequest("GET", address)
                request.trustedCertificates = trusted
                switch await Self.send(request) {
                case .success(let answer): return String(decoding: answer.body, as: UTF8.self)
                case .failure(let failure): return failure.description
                }
            }
            #expect(await failure("localhost", folder.certificate) == "GET /x 0 localhost:\(port) ")
            #expect(await failure("127.0.0.1", folder.certificate) == "GET /x 0 127.0.0.1:\(port) ")
            #expect(await failure("localhost", other.certificate).contains("its certificate is not trusted"))
            #expect(await failure("localhost", nil).contains("its certificate is not trusted"))
            #expect(await failure("127.0.0.2", folder.certificate).contains("its certificate is not trusted"))
            #expect(await failure("localhost", "/nowhere").contains("cannot be read"))
        }
        try await withServer { port in
            let request = OutgoingRequest("GET", try #require(OutgoingRequest.Address("https://localhost:\(port)/x")))
            guard case .failure(let failure) = await Self.send(request) else { return #expect(Bool(false)) }
            #expect(failure.description.hasPrefix("TLS failed"))
        }
    }
}
