internal import GraphQL
internal import HTTP

/// Why a request is not executed: the status, the errors and the header fields of its answer.
struct RequestRefusal: Error {
    let status: Int
    let errors: [GraphQLError]
    var fields: [HTTPField] = []

    static let noMemory = RequestRefusal(status: 503, errors: [.noMemory])

    static let overloaded = RequestRefusal(
        status: 503,
        errors: [
            GraphQLError(
                "The server has more requests than it can answer in time. Try again shortly.", code: .databaseUnavailable,
                details: [GraphQLError.Detail(name: "reason", value: .string("overloaded"))])
        ])

    static let timeout = RequestRefusal(
        status: 503, errors: [GraphQLError("The request took too long and was cancelled.", code: .timeout)])

    static let withoutKey = RequestRefusal(status: 401, errors: [Authentication.Refused.withoutKey.error])
}

extension RequestRefusal {
    init(_ failure: GraphQLRequest.Failure, for mediaType: MediaType) {
        // Clients that only know JSON expect a persisted query miss in a successful response.
        let status = failure.isPersistedQueryMiss && mediaType == .json ? 200 : failure.status
        self.init(status: status, errors: [failure.error], fields: failure.fields)
    }

    init(_ failure: DocumentCache.Failure, for mediaType: MediaType) {
        switch failure {
        case .parse(let error): self.init(status: mediaType == .json ? 422 : 400, errors: [error])
        case .validation(let errors): self.init(status: 422, errors: errors)
        case .noMemory: self = .noMemory
        }
    }
}
