internal import GraphQL
internal import HTTP

/// A request as GraphQL over HTTP has it: what to execute, and with what.
struct GraphQLRequest {
    let query: String
    let operationName: String?
    let variables: InputObject

    /// Why a request is none: a status and an error.
    struct Failure: Error {
        let status: Int
        let error: GraphQLError
        var fields: [HTTPField] = []
    }

    init(_ request: HTTPRequest) throws(Failure) {
        if request.method == "GET" {
            try self.init(query: request.query ?? "")
        } else {
            try Self.checkContentType(request.field("Content-Type"))
            try self.init(body: request.body)
        }
    }

    private static func checkContentType(_ header: String?) throws(Failure) {
        let parts = (header ?? "").split(separator: ";").map { $0.trimmed.lowercased() }
        let hasJSON = parts.first == "application/json"
        let charset = parts.dropFirst().first { $0.hasPrefix("charset=") }?.dropFirst(8).filter { $0 != "\"" }
        guard hasJSON, charset == nil || charset == "utf-8" || charset == "utf8" else {
            throw Failure(
                status: 415, error: GraphQLError("Send the request as application/json in UTF-8.", code: .badUserInput),
                fields: [HTTPField("Accept-Post", "application/json")])
        }
    }

    private init(body: [UInt8]) throws(Failure) {
        let value: InputValue
        do {
            value = try JSONReader.read(body)
        } catch {
            throw Failure(
                status: 400, error: GraphQLError("The body is no JSON: \(error.message) at byte \(error.offset).", code: .badUserInput))
        }
        guard case .object(let members) = value else {
            throw Self.malformed("The body must be a JSON object with the member \"query\". Batches are not supported.")
        }
        try self.init(query: members["query"], operationName: members["operationName"], variables: members["variables"])
    }

    private init(query text: String) throws(Failure) {
        var members: [String: String] = [:]
        for pair in text.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = parts.first?.formDecoded, let value = (parts.count > 1 ? parts[1] : "").formDecoded else {
                throw Self.malformed("The query string is not well-formed.")
            }
            members[name] = value
        }
        var variables: InputValue?
        if let text = members["variables"], !text.isEmpty {
            do {
                variables = try JSONReader.read(Array(text.utf8))
            } catch {
                throw Failure(
                    status: 400, error: GraphQLError("The parameter variables is no JSON: \(error.message).", code: .badUserInput))
            }
        }
        try self.init(
            query: members["query"].map { .string($0) }, operationName: members["operationName"].map { .string($0) }, variables: variables)
    }

    private init(query: InputValue?, operationName: InputValue?, variables: InputValue?) throws(Failure) {
        guard case .string(let text)? = query else { throw Self.malformed("The member \"query\" must be a string.") }
        self.query = text
        switch operationName {
        case nil, .null?, .string("")?: self.operationName = nil
        case .string(let name)?: self.operationName = name
        default: throw Self.malformed("The member \"operationName\" must be a string.")
        }
        switch variables {
        case nil, .null?: self.variables = InputObject()
        case .object(let object)?: self.variables = object
        default: throw Self.malformed("The member \"variables\" must be an object.")
        }
    }

    private static func malformed(_ message: String) -> Failure {
        Failure(status: 422, error: GraphQLError(message, code: .badUserInput))
    }
}

extension StringProtocol {
    /// `application/x-www-form-urlencoded`, decoded; nil when an escape or the UTF-8 is malformed.
    var formDecoded: String? {
        var bytes: [UInt8] = []
        var rest = Substring(self).utf8
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "+") {
                bytes.append(0x20)
            } else if byte == UInt8(ascii: "%") {
                guard rest.count >= 2, let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) else { return nil }
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
