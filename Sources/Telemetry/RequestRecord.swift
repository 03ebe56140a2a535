/// The outcome of a request to the GraphQL endpoint. The only client text in it is `requestID`, which is checked, and
/// `operationName`, which goes only to the log.
public struct RequestRecord: Sendable {
    public var requestID: String
    public var method: String
    public var status: Int
    /// In seconds.
    public var duration = 0.0
    public var tenant: String?
    /// `query` or `mutation`, once the document is known.
    public var operationType: String?
    public var operationName: String?
    /// The root fields by their schema coordinates, each once.
    public var rootFields: [String] = []
    public var statements = 0
    public var rows = 0
    public var bytes = 0
    /// `extensions.code` of each error.
    public var errorCodes: [String] = []
    /// The schema coordinates of fields that failed through a fault of ours, each once.
    public var brokenFields: [String] = []
    /// The limit that refused the request.
    public var limitName: String?
    /// Whether it is logged: of repeated refusals, one is.
    public var isTold = true
    public var traceID: String?
    /// The request's own span, if it is recorded.
    public var spanID: String?

    public init(requestID: String, method: String, status: Int = 0) {
        self.requestID = requestID
        self.method = method
        self.status = status
    }

    /// The method as one of a few words.
    public static func bounded(_ method: String) -> String {
        switch method {
        case "GET", "POST", "HEAD", "OPTIONS", "PUT", "DELETE": method
        default: "other"
        }
    }
}
