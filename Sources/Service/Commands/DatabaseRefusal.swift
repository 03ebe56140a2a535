internal import Postgres

/// Why the database refused a command, and what to do: in our words, since PostgreSQL's repeat values and statements.
struct DatabaseRefusal: CustomStringConvertible {
    let description: String

    init(_ error: any Error) {
        guard let failure = error as? BlockingConnection.Failure else {
            description = "\(error)"
            return
        }
        description = Self.text(failure)
    }

    /// libpq's message for each server it tried, on one line, without its indented hints.
    private static func reason(_ failure: BlockingConnection.Failure) -> String {
        "\(failure)".split(separator: "\n").filter { !$0.hasPrefix("\t") }.joined(separator: "; ")
    }

    private static func text(_ failure: BlockingConnection.Failure) -> String {
        switch failure.sqlState {
        // libpq's message, which names the server and why it cannot be reached.
        case "08001": "The database cannot be reached: \(reason(failure)). Check DATABASE_URL; `customeros-api doctor` looks further."
        case "", "57P01", "57P02", "57P03", "08006": "The connection to the database broke. `customeros-api doctor` looks for the cause."
        case "25006": "The database takes no changes: it is a standby, or set to read only. Name the primary server in DATABASE_URL."
        case "42501": "The database's role lacks a right. `customeros-api doctor` says which."
        case "53100": "The database's disk is full. Make room on it, and try again."
        case "53300": "The database has no connection left. Raise max_connections, or try again later."
        case "57014", "55P03": "The database took too long, or something else holds what this needs. Try again."
        case "40001", "40P01": "Something else changed the same records at the same time. Try again."
        case let state where state.hasPrefix("22") || state.hasPrefix("23") || state.hasPrefix("54"):
            "The database does not take a value that was given (SQLSTATE \(state)). Nothing has changed."
        case let state: "The database refused this (SQLSTATE \(state)). `customeros-api doctor` looks for the cause."
        }
    }
}
