internal import CustomerOS
internal import EventLoop
internal import GraphQL
internal import HTTP
internal import Telemetry

/// Identifies a request's caller from its head.
struct Authentication: Sendable {
    private let authenticator: Authenticator
    private let clientAddress: ClientAddress
    private let wrongKeys: WrongKeys
    private let telemetry: any TelemetrySink
    /// Whether a caller without a key may use introspection.
    private let allowsAnonymousIntrospection: Bool
    /// Wrong keys from exempt addresses are logged once a minute.
    private let pace = Pace(seconds: 60)

    init(
        _ authenticator: Authenticator, clientAddress: ClientAddress, wrongKeys: WrongKeys, telemetry: any TelemetrySink,
        allowsAnonymousIntrospection: Bool
    ) {
        self.authenticator = authenticator
        self.clientAddress = clientAddress
        self.wrongKeys = wrongKeys
        self.telemetry = telemetry
        self.allowsAnonymousIntrospection = allowsAnonymousIntrospection
    }

    /// Why a request's caller is refused.
    struct Refused: Error {
        let status: Int
        let error: GraphQLError
        /// When to try again, in seconds.
        var retryAfter: Int?
        /// Whether the request is logged.
        var isTold = true

        static let withoutKey = unauthenticated("An API key is needed: send it as X-CUSTOMER-OS-API-KEY.")

        fileprivate static func unauthenticated(_ message: String) -> Refused {
            Refused(status: 401, error: GraphQLError(message, code: .unauthenticated))
        }
    }

    /// The caller, or nil if the request has no key and may do without one, which its body decides.
    func principal(of request: HTTPRequest) async throws(Refused) -> Principal? {
        guard let credentials = try credentials(of: request) else {
            if allowsAnonymousIntrospection { return nil }
            throw .withoutKey
        }
        if let principal = authenticator.known(credentials) { return principal }
        guard authenticator.hasTrusted(credentials.key) else { return try await tryKey(credentials, from: clientAddress.of(request)) }
        do {
            return try await authenticator.authenticate(credentials)
        } catch {
            throw refused(error, from: clientAddress.of(request), isTold: true)
        }
    }

    /// Looks up a key that has not recently proved valid. Clients that try many are slowed.
    private func tryKey(_ credentials: Authenticator.Credentials, from address: IPAddress?) async throws(Refused) -> Principal {
        let attempt = wrongKeys.begin(credentials.key, from: address, at: EventLoop.now)
        if case .slowed(let seconds, let isFirst) = attempt {
            telemetry.record(.authenticationFailed(reason: "slowed", address: address?.description, isTold: isFirst))
            let message = "Too many invalid API keys come from this address. Try again in \(seconds) seconds."
            throw Refused(
                status: 429, error: GraphQLError(message, code: .rateLimited), retryAfter: seconds, isTold: isFirst)
        }
        do {
            let principal = try await authenticator.authenticate(credentials)
            _ = wrongKeys.end(attempt, isWrong: false)
            return principal
        } catch {
            var isWrong = false
            if case .unknownKey = error { isWrong = true }
            let isFirst = wrongKeys.end(attempt, isWrong: isWrong)
            var isTold = isFirst
            if case .exempt = attempt { isTold = pace.isDue() }
            throw refused(error, from: address, isTold: isTold || !isWrong)
        }
    }

    /// - Parameter isTold: Whether the failure gets its own log line.
    private func refused(_ failure: Authenticator.Failure, from address: IPAddress?, isTold: Bool) -> Refused {
        let (reason, refused): (String, Refused)
        switch failure {
        case .unknownKey: (reason, refused) = ("unknown key", .unauthenticated("The API key is not valid."))
        case .expiredKey(let moment):
            (reason, refused) = ("expired key", .unauthenticated("The API key was valid until \(moment). Ask for a new one."))
        case .unknownUser: (reason, refused) = ("unknown user", .unauthenticated("X-Openline-USERNAME names no user of the tenant."))
        case .wrongTenant: (reason, refused) = ("wrong tenant", .unauthenticated("X-Openline-TENANT does not agree with the API key."))
        case .database:
            let message = "The database is not available at the moment. Try again shortly."
            return Refused(status: 503, error: GraphQLError(message, code: .databaseUnavailable))
        }
        telemetry.record(.authenticationFailed(reason: reason, address: address?.description, isTold: isTold))
        return refused
    }
    /// Nil if the request has no key.
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
