internal import GraphQL
internal import Postgres

extension FieldError {
    /// What a client may know about a failure: never the server's text.
    init(_ error: any Error) {
        switch error {
        case let error as FieldError:
            self = error
        case let error as PostgresError:
            switch error.condition {
            case .unavailable, .poolExhausted, .statementNotKept:
                self.init("The database is not available at the moment. Try again shortly.", code: .databaseUnavailable)
            case .outcomeUnknown:
                self.init(
                    "The connection to the database was lost while the change was committed, so it is unknown whether it was made. Look before you send it again.",
                    code: .databaseUnavailable, details: [GraphQLError.Detail(name: "outcome", value: .string("unknown"))])
            case .readOnly:
                self.init(
                    "The database takes no changes at the moment: it is read-only. Try again later.", code: .databaseUnavailable,
                    details: [GraphQLError.Detail(name: "reason", value: .string("read-only"))])
            case .timeout, .delayed:
                self.init("The request took too long and was cancelled.", code: .timeout)
            case .timeoutInCommit:
                self.init(
                    "The request took too long while the change was committed, so it is unknown whether it was made. Look before you send it again.",
                    code: .timeout, details: [GraphQLError.Detail(name: "outcome", value: .string("unknown"))])
            case .uniqueViolation, .foreignKeyViolation, .deadlock, .serializationFailure:
                self.init("The change conflicts with another one. Try again.", code: .conflict)
            case .invalidValue:
                self.init("A value cannot be stored: it is too large, or a text holds U+0000.", code: .badUserInput)
            case .timeOutOfRange: self = .timeOutOfRange
            // Client input is validated earlier; this is about derived values.
            case .checkViolation where error.constraint?.hasSuffix("_in_range") == true: self = .timeOutOfRange
            case .checkViolation where error.constraint?.hasSuffix("_computed") == true:
                self.init(
                    "A figure that follows from the change would be beyond 1,000,000,000,000,000 or -1,000,000,000,000,000.",
                    code: .badUserInput)
            default:
                self.init("Internal server error!", code: .internal)
            }
        default:
            self.init("Internal server error!", code: .internal)
        }
    }
    private static let timeOutOfRange = FieldError(
        "A time that follows from the change would be outside of the years 1 to 9999: give a year from 1 to 9999.", code: .badUserInput)
}
