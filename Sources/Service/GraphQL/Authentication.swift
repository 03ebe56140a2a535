internal import CustomerOS
internal import GraphQL
internal import HTTP
internal import Telemetry

/// Finds out from the head of a request whose it is.
struct Authentication: Sendable {
    private let authenticator: Authenticator
    private let telemetry: any TelemetrySink
    /// Whether a caller without a key may ask about the schema.
    private let allowsAnonymousIntrospection: Bool

    init(_ authenticator: Authenticator, telemetry: any TelemetrySink, allowsAnonymousIntrospection: Bool) {
        self.authenticator = authenticator
        self.telemetry = telemetry
        self.allowsAnonymousIntrospection = allowsAnonymousIntrospection
    }

    /// Why nobody is known to send a request.
    struct Refused: Error {
        let status: Int
        let error: GraphQLError

        static let withoutKey = unauthenticated("An API key is needed: send it as X-CUSTOMER-OS-API-KEY.")

        fileprivate static func unauthenticated(_ message: String) -> Refused {
            Refused(status: 401, error: GraphQLError(message, code: .unauthenticated))
        }
    }

    /// Whose request it is, or nil when it has no key and may do without, as its body then shows.
    func principal(of request: HTTPRequest) async throws(Refused) -> Principal? {
        guard let credentials = try credentials(of: request) else {
            if allowsAnonymousIntrospection { return nil }
            throw .withoutKey
        }
        do {
            return try await authenticator.authenticate(credentials)
        } catch {
            switch error {
            case .unknownKey:
                telemetry.record(.authenticationFailed(reason: "unknown key"))
                throw .unauthenticated("The API key is not valid.")
            case .unknownUser:
                telemetry.record(.authenticationFailed(reason: "unknown user"))
                throw .unauthenticated("X-Openline-USERNAME names no user of the tenant.")
            case .wrongTenant:
                telemetry.record(.authenticationFailed(reason: "wrong tenant"))
                throw .unauthenticated("X-Openline-TENANT does not agree with the API key.")
            case .database:
                let message = "The database is not available at the moment. Try again shortly."
                throw Refused(status: 503, error: GraphQLError(message, code: .databaseUnavailable))
            }
        }
    }

    /// Nil when the request has no key.
    private func credentials(of request: HTTPRequest) throws(Refused) -> Authenticator.Credentials? {
        var keys = Set(request.allFields("X-CUSTOMER-OS-API-KEY") + request.allFields("X-Openline-API-KEY"))
        for value in request.allFields("Authorization") where value.lowercased().hasPrefix("bearer ") {
            keys.insert(value.dropFirst(7).trimmed)
        }
        guard let key = keys.first else { return nil }
        guard keys.count == 1, !key.isEmpty else { throw .unauthenticated("Send one API key.") }
        return Authenticator.Credentials(
            key: key, username: request.field("X-Openline-USERNAME"), tenant: request.field("X-Openline-TENANT"))
    }
}
