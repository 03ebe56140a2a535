import CustomerOS
import Foundation
import GraphQL
import Testing

@testable import Service

/// What scripts/release keeps together.
@Suite("A release")
struct ReleaseTests {
    @Test("is the newest dated version of the changelog")
    func version() throws {
        let newest = try #require(try Self.releases().first)
        #expect(Program.version == newest.version)
        #expect(Program.releaseDate == newest.date)
    }

    @Test("stands in the changelog below the unreleased section, above the previous release")
    func order() throws {
        let headings = try Self.file("CHANGELOG.md").split(separator: "\n").filter { $0.hasPrefix("## ") }
        let releases = try Self.releases()
        #expect(headings.first == "## [Unreleased]" && headings.count == releases.count + 1)
        for release in releases { #expect(release.date.wholeMatch(of: /20\d\d-[01]\d-[0-3]\d/) != nil, "\(release)") }
        for (later, earlier) in zip(releases, releases.dropFirst()) {
            #expect(earlier.version.compare(later.version, options: .numeric) == .orderedAscending, "\(later)")
            #expect(earlier.date <= later.date, "\(later)")
        }
    }

    @Test("has recorded its schema, which no later one breaks without an entry in the changelog")
    func schema() throws {
        let text = try Self.file("docs/releases/schema.graphqls")
        let newest = try #require(try Self.releases().first)
        #expect(text.hasPrefix("# The schema of version \(newest.version). "))
        let released = try SchemaBuilder.build([SchemaSource(name: "released", text: Array(text.utf8))])
        let unreleased = try Self.file("CHANGELOG.md").components(separatedBy: "\n## [\(newest.version)]")[0]
        let breaking = SchemaComparison.changes(from: released, to: try API.executableSchema().schema).filter { $0.impact == .breaking }
        let surprises = breaking.filter { !unreleased.contains("`\($0.element)`") }
        #expect(surprises.map { "\($0.element) \($0.event)" } == [])
    }

    private static func releases() throws -> [(version: String, date: String)] {
        try file("CHANGELOG.md").matches(of: /(?m)^## \[(\d+\.\d+\.\d+)\] - (.+)$/).map { (String($0.1), String($0.2)) }
    }

    private static func file(_ path: String) throws -> String {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        return try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }
}
