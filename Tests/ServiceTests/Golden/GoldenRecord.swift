import Foundation
import Postgres

/// The answers and the statements of a golden case, as they stand in its files.
struct GoldenRecord {
    /// The body of the answer, or a list of bodies where there are several requests. An answer with another status than 200 is an object
    /// of its status and its body.
    let response: String
    /// Each statement below its name; `-- then` between requests.
    let statements: String
}

extension GoldenRecord {
    /// - Parameter tenant: Its name, which is another one at each run.
    init(_ answers: [HTTPAnswer], tenant: String) {
        let bodies = answers.map { answer in
            answer.status == 200 ? answer.body : "{\"status\":\(answer.status),\"body\":\(answer.body)}"
        }
        let text = bodies.count == 1 ? bodies[0] : "[\(bodies.joined(separator: ","))]"
        response = JSONLayout.text(Self.stable(text.replacingOccurrences(of: tenant, with: "TENANT")))
        let parts = answers.map { answer in
            answer.statements.isEmpty
                ? "-- no statement"
                : answer.statements.map { "-- \($0.name)\n\(SQLLayout.text($0.sql.text))" }.joined(separator: "\n\n")
        }
        statements = parts.joined(separator: "\n\n-- then\n\n") + "\n"
    }

    /// Ids and times that are made at each run are replaced; those of the fixtures stay.
    static func stable(_ text: String) -> String {
        text.replacingOccurrences(
            of: "\"(?!01900000)[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}\"", with: "\"UUID\"",
            options: .regularExpression
        )
        .replacingOccurrences(of: "\"202[6-9]-[0-9-]+T[0-9:.]+Z\"", with: "\"TIME\"", options: .regularExpression)
        .replacingOccurrences(of: "\"C-[2-9A-Z]{3}-[2-9A-Z]{3}\"", with: "\"CODE\"", options: .regularExpression)
    }
}
