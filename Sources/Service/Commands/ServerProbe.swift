internal import HTTP

/// Queries a running server, as a health check does.
struct ServerProbe {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    private let host: String
    private let port: Int
    private let isSecure: Bool

    /// The server that the settings describe. One that listens on all addresses is reached on loopback.
    init(_ arguments: Arguments, port: Int? = nil) {
        self.port = port ?? arguments.number("port") ?? 10_000
        isSecure = arguments.text("tls-certificate") != nil
        host =
            switch arguments.text("host") ?? "127.0.0.1" {
            case "0.0.0.0": "127.0.0.1"
            case "::": "::1"
            case let host: host
            }
    }

    /// - Throws: `Failure` if nothing listens there, or what listens does not speak HTTP.
    func get(_ path: String) throws(Failure) -> (status: Int, body: String) {
        let authority = host.contains(":") ? "[\(host)]" : host
        guard let address = OutgoingRequest.Address("\(isSecure ? "https" : "http")://\(authority):\(port)\(path)") else {
            throw Failure(description: "\(host) is not a host. Give --host as the server has it.")
        }
        var request = OutgoingRequest("GET", address, limit: .seconds(4))
        // The certificate is for clients elsewhere: it names another host.
        request.trustsAnyCertificate = true
        do {
            let answer = try request.send()
            return (answer.status, String(decoding: answer.body, as: UTF8.self))
        } catch {
            throw Failure(
                description:
                    "No server answers on \(host), port \(port): \(error). Start it with `customeros-api serve`, or name its address.")
        }
    }
}
