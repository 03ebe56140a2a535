internal import GraphQL
internal import Postgres

extension FieldError {
    /// What a client may know of a failure: never the server's text.
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
            case .timeout:
                self.init("The request took too long and was ended.", code: .timeout)
            case .uniqueViolation, .foreignKeyViolation, .deadlock, .serializationFailure:
                self.init("The change conflicts with another one. Try again.", code: .conflict)
            case .invalidValue:
                self.init("A value cannot be stored: it is too large, or a text holds U+0000.", code: .badUserInput)
            case .timeOutOfRange:
                self.init(
                    "A time is none that can be stored: give a year from 1 to 9999 and an offset of less than 16 hours.",
                    code: .badUserInput)
            default:
                self.init("Internal server error!", code: .internal)
            }
        default:
            self.init("Internal server error!", code: .internal)
        }
    }
}
