/// An error as a client sees it. Specification section 7.1.2.
public struct GraphQLError: Error, Sendable {
    /// Line and column, both from 1.
    public struct Location: Sendable, Equatable {
        public var line: Int
        public var column: Int

        public init(line: Int, column: Int) {
            self.line = line
            self.column = column
        }
    }

    public enum PathElement: Sendable, Equatable {
        case key(String)
        case index(Int)
    }

    public var message: String
    public var locations: [Location]
    public var path: [PathElement]?
    public var code: ErrorCode
    /// Members of `extensions` besides `code`.
    public var details: [Detail]
    /// The schema coordinate of the field that caused an internal error. For operators, not for clients.
    public var coordinate: String?

    /// A member of `extensions` with its value.
    public struct Detail: Sendable, Equatable {
        public var name: String
        public var value: InputValue

        public init(name: String, value: InputValue) {
            self.name = name
            self.value = value
        }
    }

    public init(
        _ message: String, code: ErrorCode, locations: [Location] = [], path: [PathElement]? = nil, details: [Detail] = []
    ) {
        self.message = message
        self.code = code
        self.locations = locations
        self.path = path
        self.details = details
    }
}

extension GraphQLError {
    /// The memory that a request needs is not available now.
    public static let noMemory = GraphQLError(
        "The server is too busy to hold this request. Try again shortly, or ask for less.", code: .limitExceeded,
        details: [Detail(name: "limitName", value: .string("memory"))])
}

extension FieldError {
    /// The memory that a request needs is not available now.
    public static let noMemory = FieldError(GraphQLError.noMemory.message, code: .limitExceeded, details: GraphQLError.noMemory.details)
}

/// `extensions.code` of an error. The engine raises the first three; the others belong to the service.
public struct ErrorCode: RawRepresentable, Sendable, Hashable {
    public let rawValue: String

    public init(rawValue: String) { self.rawValue = rawValue }

    public static let parseFailed = ErrorCode(rawValue: "GRAPHQL_PARSE_FAILED")
    public static let validationFailed = ErrorCode(rawValue: "GRAPHQL_VALIDATION_FAILED")
    public static let badUserInput = ErrorCode(rawValue: "BAD_USER_INPUT")
    public static let limitExceeded = ErrorCode(rawValue: "LIMIT_EXCEEDED")
    public static let persistedQueryNotFound = ErrorCode(rawValue: "PERSISTED_QUERY_NOT_FOUND")
    public static let unauthenticated = ErrorCode(rawValue: "UNAUTHENTICATED")
    public static let forbidden = ErrorCode(rawValue: "FORBIDDEN")
    public static let notFound = ErrorCode(rawValue: "NOT_FOUND")
    public static let conflict = ErrorCode(rawValue: "CONFLICT")
    public static let timeout = ErrorCode(rawValue: "TIMEOUT")
    public static let rateLimited = ErrorCode(rawValue: "RATE_LIMITED")
    public static let databaseUnavailable = ErrorCode(rawValue: "DATABASE_UNAVAILABLE")
    public static let `internal` = ErrorCode(rawValue: "INTERNAL")
}

/// Why a field has no value: what a resolver reports. The executor adds path and locations.
public struct FieldError: Error, Sendable {
    public var message: String
    public var code: ErrorCode
    public var details: [GraphQLError.Detail]
    /// The position in the document, if more exact than the field's.
    var position: SourcePosition?

    public init(_ message: String, code: ErrorCode, details: [GraphQLError.Detail] = []) {
        self.init(message, code: code, details: details, position: nil)
    }

    init(_ message: String, code: ErrorCode, details: [GraphQLError.Detail], position: SourcePosition?) {
        self.message = message
        self.code = code
        self.details = details
        self.position = position
    }
}
