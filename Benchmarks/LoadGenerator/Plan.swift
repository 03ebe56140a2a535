import Foundation

/// What a run sends, read as JSON from standard input.
struct Plan: Decodable {
    /// One kind of request, at its own rate and on connections of its own.
    struct Stream: Decodable {
        struct Request: Decodable {
            let method: String
            let path: String
            let headers: [String: String]
            /// `#` stands for a number that differs each time.
            let body: String
            /// The body of the answer, if known; `#` stands for the same number.
            let expected: String?
        }

        let name: String
        /// Requests per second, whether or not the answers keep up; nil sends as soon as a connection has its answer.
        let rate: Double?
        /// The most connections; requests that find none wait, and their latency includes that.
        let connections: Int
        /// Whether connections are reused until an answer says it was the last one.
        let keepsConnections: Bool
        let requests: [Request]
    }

    /// The server's address; a file holds the port, and is read at each new connection.
    let address: String
    let portFile: String
    let seconds: Double
    /// Seconds after which a request without an answer is given up.
    let patience: Double
    let streams: [Stream]
}
