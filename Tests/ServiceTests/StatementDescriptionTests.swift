import Foundation
import Testing

@testable import Postgres

extension ServiceSuite {
    /// The statements of the program, prepared and described by the migrated database.
    @Suite("Statements")
    struct StatementDescriptionTests {
        /// Composed statements that no golden request issues, but other tests do. A new one needs a golden request, or a text without
        /// interpolation.
        private static let notInGolden: Set = [
            "api_key.find",
            // Of jobs, which no request runs.
            "job.begin", "job.contracts", "job.end", "job.ended", "job.runs",
            // Only a key of the platform issues them.
            "tenant.find", "tenant.find_to_delete", "tenant.hard_delete", "workspace.add_domain", "workspace.others",
            "workspace_access.enter", "workspace_access.give", "workspace_access.leave", "workspace_access.lock",
            "workspace_access.take",
            // Locks a record of any table. No feature on `Records` needs it yet.
            #"\(name.text).hold"#,
        ]

        @Test("are prepared by the database, with parameters numbered without gaps")
        func described() async throws {
            let server = try await TestServer.shared.value
            let connection = try BlockingConnection(DatabaseConfiguration(connectionString: server.connectionString))
            let statements = try SourceStatement.all()
            #expect(!statements.isEmpty)
            for statement in statements {
                guard let text = statement.text else { continue }
                do {
                    let description = try connection.describe(text: text)
                    let numbers = Set(text.matches(of: /\$(\d+)/).compactMap { Int($0.1) })
                    #expect(description.parameterTypes.count == numbers.count, "\(statement.name)")
                    #expect(numbers == Set(1..<numbers.count + 1), "\(statement.name)")
                } catch {
                    Issue.record("\(statement.file): \(statement.name): \(error)")
                }
            }
        }

        @Test("that are composed stand in golden requests, which run them")
        func composed() throws {
            let folder = SourceStatement.root.appending(path: "Tests/Golden")
            let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
            var texts: [String] = []
            while let file = files?.nextObject() as? URL {
                if file.pathExtension == "sql" { texts.append(try String(contentsOf: file, encoding: .utf8)) }
            }
            let golden = NSString(string: texts.joined())
            for statement in try SourceStatement.all() where statement.text == nil {
                guard let pattern = statement.pattern else { continue }
                let isThere = golden.range(of: pattern, options: NSString.CompareOptions.regularExpression).location != NSNotFound
                #expect(isThere != Self.notInGolden.contains(statement.name), "\(statement.file): \(statement.name)")
            }
        }

        @Test("are described with the types of their parameters and columns")
        func description() async throws {
            let server = try await TestServer.shared.value
            let connection = try BlockingConnection(DatabaseConfiguration(connectionString: server.connectionString))
            let description = try connection.describe(
                "SELECT id, name AS called, created_at, ARRAY[name] FROM organization WHERE tenant_id = $1 AND id = ANY ($2::uuid[])")
            #expect(description.parameterTypes == ["integer", "uuid[]"])
            #expect(description.columns.map(\.name) == ["id", "called", "created_at", "array"])
            #expect(description.columns.map(\.type) == ["uuid", "text", "timestamp with time zone", "text[]"])
            #expect(try connection.describe("DELETE FROM organization WHERE tenant_id = $1").columns.isEmpty)
            for wrong: SQL in ["SELECT missing FROM organization", "SELECT $1, $3", "SELEC"] {
                #expect(throws: BlockingConnection.Failure.self) { try connection.describe(wrong) }
            }
        }
    }
}

/// A statement as the sources write it: `StatementText("name", "…")` or `Statement<Input, Row>("name") { "…" }`.
private struct SourceStatement {
    let file: String
    let name: String
    /// Whether a literal gives the name. Else it is that of a field, or of a family of statements.
    let isNamed: Bool
    /// Nil where the text is no literal, or has interpolations.
    let text: String?

    /// An expression that matches the names it can have: any word stands for what is interpolated. Nil where no literal gives the name.
    var pattern: String? {
        guard isNamed else { return nil }
        let parts = name.split(separator: /\\\([^)]*\)/, omittingEmptySubsequences: false)
        return "\\b" + parts.map { NSRegularExpression.escapedPattern(for: String($0)) }.joined(separator: "\\w+") + "\\b"
    }

    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    static func all() throws -> [SourceStatement] {
        let folder = root.appending(path: "Sources")
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        var found: [SourceStatement] = []
        while let file = files?.nextObject() as? URL {
            guard file.pathExtension == "swift" else { continue }
            let source = try String(contentsOf: file, encoding: .utf8)
            // Their texts are composed of their parameters.
            for match in source.matches(of: /\bStatement(?:<[^"]*?>)?\(\s*"(.*?)"/) {
                let name = String(match.1)
                found.append(SourceStatement(file: file.lastPathComponent, name: name, isNamed: true, text: nil))
            }
            for rest in source.components(separatedBy: "StatementText(").dropFirst() {
                var reader = LiteralReader(rest)
                let name = reader.literal()
                guard reader.skipComma() else { continue }
                let text = reader.literal()
                found.append(
                    SourceStatement(
                        file: file.lastPathComponent, name: name.source, isNamed: name.value != nil,
                        text: text.source.contains("\\(") ? nil : text.value))
            }
        }
        return found
    }
}

/// Reads string literals of Swift.
private struct LiteralReader {
    private var rest: Substring

    init(_ text: String) { rest = text.drop { $0.isWhitespace } }

    /// A literal as it is written between its quotes, and what it stands for without interpolation; else what is in place of one.
    mutating func literal() -> (source: String, value: String?) {
        let quote = rest.hasPrefix("\"\"\"") ? "\"\"\"" : "\""
        guard rest.hasPrefix(quote) else {
            let word = rest.prefix { $0 != "," && $0 != ")" }
            rest = rest.dropFirst(word.count)
            return (String(word), nil)
        }
        rest = rest.dropFirst(quote.count)
        var source = ""
        while !rest.isEmpty, !rest.hasPrefix(quote) {
            let count = rest.first == "\\" ? 2 : 1
            source += rest.prefix(count)
            rest = rest.dropFirst(count)
        }
        rest = rest.dropFirst(quote.count)
        let value = source.replacing(/\\\n\s*/, with: "").replacing(/\\(["\\])/) { String($0.1) }
        return (source, value)
    }

    mutating func skipComma() -> Bool {
        rest = rest.drop { $0.isWhitespace }
        guard rest.first == "," else { return false }
        rest = rest.dropFirst().drop { $0.isWhitespace }
        return true
    }
}
