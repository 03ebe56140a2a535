import Foundation

/// What a run sends, read as JSON from standard input.
struct Plan: Decodable {
    /// One kind of request, at its own rate and on connections of its own.
    struct Stream: Decodable {
        struct Request: Decodable {
            let method: String
            let path: String
            let headers: [String: String]
            /// `#` stands for a number that is another one each time.
            let body: String
            /// The body of the answer, where it is known; `#` stands for the same number.
            let expected: String?
        }

        let name: String
        /// Requests a second, whether or not the answers keep up; without one, a connection sends as soon as it has its answer.
        let rate: Double?
        /// How many connections there may be; requests that find none wait, and that counts as theirs.
        let connections: Int
        /// Whether connections are used again until an answer says that it was the last one.
        let keepsConnections: Bool
        let requests: [Request]
    }

    /// The address of the server; a file holds the port, and is read at each new connection.
    let address: String
    let portFile: String
    let seconds: Double
    /// Seconds after which a request without answer is given up.
    let patience: Double
    let streams: [Stream]
}
