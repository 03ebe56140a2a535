internal import CustomerOS
internal import GraphQL

/// `schema diff`: what schema changes mean to clients.
enum SchemaDiff {
    static let command = Command(
        "schema diff", operands: "OLD [NEW]",
        "Report what the changes from one schema file to another, or to the served schema, mean to clients. Fails if one breaks them.",
        options: [
            Option(
                "announced", value: "FILE",
                "A text, such as a changelog: a breaking change whose element it names, in the form `Contact.name`, is not a failure",
                kind: .inputFile)
        ]
    ) { arguments in
        let files = arguments.positional
        let new = files.count > 1 ? try schema(files[1]) : try API.executableSchema().schema
        let changes = SchemaComparison.changes(from: try schema(files[0]), to: new)
        try DatabaseCommands.show(arguments, text: text(changes), .list(changes.map(json)))
        let announcement = try arguments.text("announced").map { String(decoding: try InputFile.bytes($0), as: UTF8.self) }
        let broken = changes.filter { $0.impact == .breaking && announcement?.contains("`\($0.element)`") != true }
        if !broken.isEmpty { throw BreakingChanges(elements: broken.map(\.element), mayBeAnnounced: announcement != nil) }
    }

    private struct BreakingChanges: Error, CustomStringConvertible {
        let elements: [String]
        let mayBeAnnounced: Bool

        var description: String {
            "Breaking\(mayBeAnnounced ? " and not announced" : ""): \(elements.joined(separator: ", "))."
        }
    }

    private struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    private static func schema(_ path: String) throws -> Schema {
        let source = SchemaSource(name: path, text: try InputFile.bytes(path))
        do {
            return try SchemaBuilder.build([source])
        } catch {
            throw Failure(description: "\(path) is not a valid schema:\n\(error)")
        }
    }

    private static func text(_ changes: [SchemaChange]) -> String {
        if changes.isEmpty { return "The schemas are equivalent." }
        return SchemaChange.Impact.allCases.compactMap { impact in
            let lines = changes.filter { $0.impact == impact }.map { "  \($0.element) \($0.event)" }
            return lines.isEmpty ? nil : "\(impact.rawValue) (\(lines.count)):\n" + lines.joined(separator: "\n")
        }.joined(separator: "\n")
    }

    private static func json(_ change: SchemaChange) -> InputValue {
        .object([
            "impact": .string(change.impact.rawValue), "kind": .string(change.kind.rawValue), "element": .string(change.element),
            "event": .string(change.event),
        ])
    }
}
