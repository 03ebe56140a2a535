/// A request designed to hurt, in two sizes: a large one, and the largest that passes the limits on a document's bytes
/// and tokens, which then cannot help.
struct AbuseCase: Sendable {
    let name: String
    let large: Int
    let fitted: Int
    private let make: @Sendable (Int) -> Request

    struct Request {
        var query: String
        /// In JSON.
        var variables = "{}"

        /// The body as sent.
        var body: [UInt8] {
            var text = #"{"query":""#
            for scalar in query.unicodeScalars {
                switch scalar {
                case "\"": text += "\\\""
                case "\\": text += "\\\\"
                case "\n": text += "\\n"
                default: text.unicodeScalars.append(scalar)
                }
            }
            return Array((text + #"","variables":"# + variables + "}").utf8)
        }
    }

    /// - Parameters:
    ///   - large: How many units the large request has.
    ///   - fitted: How many units pass the limits.
    init(_ name: String, large: Int, fitted: Int, query: @escaping @Sendable (Int) -> String) {
        self.name = name
        self.large = large
        self.fitted = fitted
        make = { Request(query: query($0)) }
    }

    /// A case with large variables and a small document.
    init(_ name: String, large: Int, fitted: Int, query: String, variables: @escaping @Sendable (Int) -> String) {
        self.name = name
        self.large = large
        self.fitted = fitted
        make = { Request(query: query, variables: variables($0)) }
    }

    init(_ name: String, large: Int, fitted: Int, request: @escaping @Sendable (Int) -> Request) {
        self.name = name
        self.large = large
        self.fitted = fitted
        make = request
    }

    func body(_ count: Int) -> [UInt8] { make(count).body }
}

/// `unit`, repeated.
func times(_ count: Int, _ unit: String) -> String { String(repeating: unit, count: count) }

/// The results of `body` for 0 to `count` − 1, joined.
func each(_ count: Int, _ body: (Int) -> String) -> String { (0..<count).map(body).joined(separator: " ") }
