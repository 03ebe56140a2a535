internal import CustomerOS
internal import Glibc
internal import GraphQL

/// The commands on the GraphQL schema.
enum SchemaCommands {
    static let all = [
        Command("schema print", "Print the GraphQL schema that is served.") { _ in
            let schema = try API.executableSchema().schema
            CommandLineInterface.write(SchemaPrinter.text(schema), to: STDOUT_FILENO)
        }
    ]
}

/// `probe`: asks a running server whether it is ready, for container health checks.
enum ProbeCommand {
    static let command = Command(
        "probe", "Ask a running server whether it is ready.",
        options: [
            Option("host", value: "ADDRESS", environment: "HOST", "Where it listens", default: "127.0.0.1"),
            Option("port", value: "NUMBER", environment: "PORT", "Its port", kind: .number(1...65_535), default: "10000"),
        ]
    ) { arguments in
        let host = arguments.text("host") ?? "127.0.0.1"
        let port = arguments.number("port") ?? 10_000
        // A server that listens everywhere is asked here.
        let address = host == "0.0.0.0" || host == "::" ? "127.0.0.1" : host
        let answer = try request(address, port)
        guard answer.hasPrefix("HTTP/1.1 200") else {
            throw ProbeFailure(description: "The server is not ready: \(answer.prefix { $0 != "\r" })")
        }
    }

    private struct ProbeFailure: Error, CustomStringConvertible {
        let description: String
    }

    private static func request(_ host: String, _ port: Int) throws -> String {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, String(port), &hints, &list) == 0, let first = list?.pointee else {
            throw ProbeFailure(description: "The host \(host) is unknown.")
        }
        defer { freeaddrinfo(list) }
        let descriptor = socket(first.ai_family, first.ai_socktype, first.ai_protocol)
        defer { close(descriptor) }
        var limit = timeval(tv_sec: 3, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        guard connect(descriptor, first.ai_addr, first.ai_addrlen) == 0 else {
            throw ProbeFailure(description: "Nothing listens on \(host), port \(port).")
        }
        CommandLineInterface.write("GET /readiness HTTP/1.1\r\nHost: \(host)\r\nConnection: close\r\n\r\n", to: descriptor)
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = recv(descriptor, &bytes, bytes.count, 0)
        return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
    }
}
