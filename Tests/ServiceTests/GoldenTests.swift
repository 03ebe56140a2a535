import Foundation
import Postgres
import Testing

extension ServiceSuite {
    /// Pairs of request and answer, with the statements that were issued: `Tests/Golden`. With `UPDATE_GOLDEN=1` they are written
    /// anew, and the difference is for the reader of the change to judge.
    @Suite("Golden requests", .serialized)
    struct GoldenTests {
        @Test("are all there")
        func count() { #expect(GoldenFile.all.count >= 20) }

        @Test("are answered as written down, with the statements written down", arguments: GoldenFile.all)
        func golden(_ file: GoldenFile) async throws {
            let server = try await TestServer.shared.value
            let key = try file.fixture.map { try server.fixtureTenant($0).key } ?? (file.isForeign ? server.otherKey : server.key)
            var answers: [String] = []
            var statements: [String] = []
            for document in file.documents {
                let answer = try server.query(document, key: key, headers: file.headers)
                answers.append("\(answer.status) \(answer.body)")
                statements += server.lastStatements.map { "\($0.name): \($0.sql.text)" }
            }
            let found = GoldenFile(
                path: file.path, query: file.query, answer: GoldenFile.stable(answers.joined(separator: "\n")),
                statements: statements.joined(separator: "\n"))
            if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] != nil { return try found.write() }
            #expect(found.answer == file.answer)
            #expect(found.statements == file.statements)
        }
    }
}

struct GoldenFile: CustomTestStringConvertible, Sendable {
    let path: String
    let query: String
    let answer: String
    let statements: String

    var testDescription: String { (path as NSString).lastPathComponent }

    /// A file that starts with `# fixture`, `# contracts`, `# timeline` or `# users` works in a tenant of its own, with what `Tests/Fixtures` puts there.
    var fixture: String? {
        switch query.prefix(while: { $0 != "\n" }).split(separator: " ").dropFirst().first {
        case "fixture"?: "organizations"
        case let name?: ["contracts", "timeline", "users"].first { $0 == name }
        case nil: nil
        }
    }

    /// A file that starts with this is asked by another tenant than the demo data's.
    var isForeign: Bool { query.hasPrefix("# as the other tenant\n") }

    /// `# fixture as NAME` and `# timeline as NAME` act for a user.
    var headers: [String: String] {
        let words = query.prefix { $0 != "\n" }.split(separator: " ")
        guard fixture != nil, words.count == 4, words[2] == "as" else { return [:] }
        return ["X-Openline-USERNAME": String(words[3])]
    }

    /// The requests of the file, sent one after the other: between them stands `# then`.
    var documents: [String] { query.components(separatedBy: "\n# then\n") }

    private static let folder = ((#filePath as NSString).deletingLastPathComponent as NSString).deletingLastPathComponent + "/Golden"

    /// Empty when the folder cannot be read, which the test of their number tells.
    static let all: [GoldenFile] = {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { $0.hasSuffix(".golden") }.sorted().map { name in
            let text = (try? String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)) ?? ""
            let parts = text.components(separatedBy: "\n---\n")
            return GoldenFile(
                path: "\(folder)/\(name)", query: parts[0], answer: parts.count > 1 ? parts[1] : "",
                statements: parts.count > 2 ? parts[2].trimmingCharacters(in: .newlines) : "")
        }
    }()

    func write() throws {
        try "\(query)\n---\n\(answer)\n---\n\(statements)\n".write(toFile: path, atomically: true, encoding: .utf8)
    }

    /// Ids and times that are made anew at every run are replaced; those of the demo data stay.
    static func stable(_ text: String) -> String {
        text.replacingOccurrences(
            of: "\"(?!01900000)[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}\"", with: "\"UUID\"",
            options: .regularExpression
        )
        .replacingOccurrences(of: "\"202[6-9]-[0-9-]+T[0-9:.]+Z\"", with: "\"TIME\"", options: .regularExpression)
        .replacingOccurrences(of: "\"C-[2-9A-Z]{3}-[2-9A-Z]{3}\"", with: "\"CODE\"", options: .regularExpression)
    }
}

extension String {
    fileprivate func write(toFile path: String, atomically: Bool, encoding: String.Encoding) throws {
        try write(to: URL(fileURLWithPath: path), atomically: atomically, encoding: encoding)
    }
}
