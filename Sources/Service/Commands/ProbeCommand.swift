internal import Glibc
internal import GraphQL

/// `probe`: asks a running server whether it is ready, for health checks of containers.
enum ProbeCommand {
    static let command = Command(
        "probe", "Check whether a running server is ready. The settings are the server's.",
        options: [
            Arguments.fileOption,
            Option("host", value: "ADDRESS", environment: "HOST", "Where it listens", default: "127.0.0.1"),
            Option("port", value: "NUMBER", environment: "PORT", "Its port", kind: .number(1...65_535), default: "10000"),
            Option(
                "tls-certificate", value: "FILE", environment: "TLS_CERTIFICATE", "The server's certificate; any is accepted here",
                kind: .file, default: "HTTP"),
        ]
    ) { arguments in
        let answer = try ServerProbe(arguments).get("/readiness")
        let isReady = answer.status == 200
        let told = try? JSONReader.read(Array(answer.body.utf8), nesting: 16)
        try DatabaseCommands.show(
            arguments, text: isReady ? "The server is ready." : "",
            .object(["ready": .boolean(isReady), "status": .integer(Int64(answer.status)), "answer": told ?? .null]))
        guard isReady else {
            let reason = answer.body.split(whereSeparator: \.isNewline).joined(separator: " ")
            throw ServerProbe.Failure(description: "The server is not ready: status \(answer.status), \(reason)")
        }
    }
}
