internal import GraphQL
internal import HTTP

/// A GraphQL over HTTP request: what to execute, and with what.
struct GraphQLRequest {
    /// The document, unless the request names one.
    let query: String?
    let operationName: String?
    let variables: InputObject
    /// The id of a document that the server knows.
    let documentId: String?
    /// The document's SHA-256, sent by automatic persisted queries.
    let documentHash: String?
    let wantedExtensions: ResponseExtensions

    /// Why a request is invalid: a status and an error.
    struct Failure: Error {
        let status: Int
        let error: GraphQLError
        var fields: [HTTPField] = []
        var isPersistedQueryMiss = false
    }

    private struct Members {
        var query: InputValue?
        var operationName: InputValue?
        var variables: InputValue?
        var extensions: InputValue?
        var documentId: InputValue?
    }

    init(_ request: HTTPRequest, limits: Limits) throws(Failure) {
        if request.method == "GET" {
            try self.init(query: request.query ?? "", limits)
        } else {
            try Self.checkContentType(request.field("Content-Type"))
            try self.init(body: Self.decoded(request, limits), limits)
        }
    }

    private static func checkContentType(_ header: String?) throws(Failure) {
        // What nearly all clients send.
        if header == "application/json" { return }
        let parts = (header ?? "").split(separator: ";").map { $0.trimmed.lowercased() }
        let hasJSON = parts.first == "application/json"
        let charset = parts.dropFirst().first { $0.hasPrefix("charset=") }?.dropFirst(8)
        guard hasJSON, charset.map({ ["utf-8", "utf8", "\"utf-8\"", "\"utf8\""].contains($0) }) ?? true else {
            throw Failure(
                status: 415, error: GraphQLError("Send the request as application/json in UTF-8.", code: .badUserInput),
                fields: [HTTPField("Accept-Post", "application/json")])
        }
    }

    /// The body, decompressed.
    private static func decoded(_ request: HTTPRequest, _ limits: Limits) throws(Failure) -> [UInt8] {
        let codings = request.list("Content-Encoding")
        if codings.isEmpty { return request.body }
        do throws(Decompression.Failure) {
            return try Decompression.decode(request.body, codings: codings, limit: limits.bodyBytes)
        } catch {
            switch error {
            case .unknownCoding:
                throw Failure(
                    status: 415,
                    error: GraphQLError("Send the body as it is, or compressed as gzip or deflate.", code: .badUserInput),
                    fields: [HTTPField("Accept-Encoding", Decompression.codings)])
            case .malformed:
                let message = "The body is not what its Content-Encoding says, or is cut off."
                throw Failure(status: 400, error: GraphQLError(message, code: .badUserInput))
            case .tooLarge:
                let message = "The body has more than \(limits.bodyBytes) bytes when it is decompressed."
                throw Failure(status: 413, error: .limit("bodyBytes", message, limits.bodyBytes))
            }
        }
    }

    private init(body: [UInt8], _ limits: Limits) throws(Failure) {
        let members: [JSONReader.Member]?
        do {
            members = try JSONReader.readMembers(
                ["query", "operationName", "variables", "extensions", "documentId", "id"], of: body,
                nesting: limits.variablesNesting + 1, values: limits.jsonValues)
        } catch {
            throw Self.failure(error, "The body", limits)
        }
        guard let members else {
            throw Self.malformed("The body must be a JSON object with the member \"query\". Batches are not supported.")
        }
        var known = Members()
        for member in members {
            switch member.name {
            case "query": known.query = member.value
            case "operationName": known.operationName = member.value
            case "documentId", "id": known.documentId = member.value
            case "extensions": known.extensions = member.value
            case "variables":
                try Self.checkSize(member.byteCount, limits)
                known.variables = member.value
            default: break
            }
        }
        try self.init(known)
    }

    private init(query text: String, _ limits: Limits) throws(Failure) {
        var known = Members()
        var names: Set<ExactText> = []
        for pair in text.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = parts.first?.formDecoded, let value = (parts.count > 1 ? parts[1] : "").formDecoded else {
                throw Self.malformed("The query string is not well-formed.")
            }
            // As with object members: parsers differ in which one counts.
            guard names.insert(ExactText(name)).inserted else {
                let message = "The query string is ambiguous: the parameter \"\(name)\" appears twice in it."
                throw Failure(status: 400, error: GraphQLError(message, code: .badUserInput))
            }
            switch name {
            case "query": known.query = .string(value)
            case "operationName": known.operationName = .string(value)
            case "documentId", "id": known.documentId = .string(value)
            case "variables" where !value.isEmpty:
                try Self.checkSize(value.utf8.count, limits)
                known.variables = try Self.json(value, "The parameter variables", limits)
            case "extensions" where !value.isEmpty: known.extensions = try Self.json(value, "The parameter extensions", limits)
            default: break
            }
        }
        try self.init(known)
    }

    private init(_ members: Members) throws(Failure) {
        query = try Self.text(members.query, "query")
        operationName = try Self.text(members.operationName, "operationName").flatMap { $0.isEmpty ? nil : $0 }
        documentId = try Self.text(members.documentId, "documentId")
        variables = try Self.object(members.variables, "variables") ?? InputObject()
        let extensions = try Self.object(members.extensions, "extensions")
        wantedExtensions = ResponseExtensions(wantedBy: extensions)
        if case .object(let persisted)? = extensions?["persistedQuery"] {
            guard persisted["version"] == .integer(1), case .string(let hash)? = persisted["sha256Hash"] else {
                throw Self.malformed("Unsupported persisted query version: send version 1 and \"sha256Hash\".")
            }
            documentHash = hash.lowercased()
        } else {
            documentHash = nil
        }
    }

    private static func checkSize(_ count: Int, _ limits: Limits) throws(Failure) {
        guard count > limits.variablesBytes else { return }
        let message = "The variables have more than \(limits.variablesBytes) bytes."
        throw Failure(status: 422, error: .limit("variablesBytes", message, limits.variablesBytes))
    }

    private static func json(_ text: String, _ what: String, _ limits: Limits) throws(Failure) -> InputValue {
        do {
            return try JSONReader.read(Array(text.utf8), nesting: limits.variablesNesting, values: limits.jsonValues)
        } catch {
            throw failure(error, what, limits)
        }
    }

    private static func failure(_ error: JSONReader.Failure, _ what: String, _ limits: Limits) -> Failure {
        switch error.limit {
        case .nesting:
            let message = "\(what) nests arrays and objects too deeply: variables may have \(limits.variablesNesting) levels."
            return Failure(status: 422, error: .limit("variablesNesting", message, limits.variablesNesting))
        case .values:
            let message = "\(what) has more than \(limits.jsonValues) values; those within arrays and objects count."
            return Failure(status: 422, error: .limit("jsonValues", message, limits.jsonValues))
        case nil:
            let message = "\(what) \(error.fault): \(error.message) at byte \(error.offset)."
            return Failure(status: 400, error: GraphQLError(message, code: .badUserInput))
        }
    }

    private static func text(_ value: InputValue?, _ name: String) throws(Failure) -> String? {
        switch value {
        case nil, .null?: return nil
        case .string(let text)?: return text
        default: throw malformed("The member \"\(name)\" must be a string.")
        }
    }

    private static func object(_ value: InputValue?, _ name: String) throws(Failure) -> InputObject? {
        switch value {
        case nil, .null?: return nil
        case .object(let object)?: return object
        default: throw malformed("The member \"\(name)\" must be an object.")
        }
    }

    static func malformed(_ message: String) -> Failure {
        Failure(status: 422, error: GraphQLError(message, code: .badUserInput))
    }
}

extension StringProtocol {
    /// `application/x-www-form-urlencoded`, decoded; nil if an escape or the UTF-8 is malformed.
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
