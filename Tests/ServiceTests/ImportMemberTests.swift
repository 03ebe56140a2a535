@testable import CustomerOS
import Foundation
import Records
import Testing

extension ServiceSuite {
    @Suite("A line's members")
    struct ImportMemberTests {
        private static let kinds = ImportKind.all.map(\.name)

        /// Values of members that cannot be any text or number.
        private static let special = [
            "relationship": #""CUSTOMER""#, "stage": #""ONBOARDING""#, "timezone": #""Europe/Berlin""#, "externalStage": #""STAGE2""#,
            "internalStage": #""CLOSED_WON""#,
        ]

        /// A value of a member, as JSON.
        private static func sample(_ field: ImportField) -> String {
            if let value = special[field.member] { return value }
            switch field.form {
            case .text: return "\"Some \(field.member)\""
            case .choice(let words): return "\"\(words[0])\""
            case .whole(let range): return "\(range.lowerBound + 1)"
            case .amount: return "12"
            case .currency: return #""EUR""#
            case .flag: return "true"
            case .time, .day: return #""2026-03-31T00:00:00Z""#
            }
        }

        private static func object(_ line: String) throws -> NSDictionary {
            try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? NSDictionary)
        }

        @Test("are exported as they were imported", arguments: kinds)
        func roundTrip(_ name: String) async throws {
            let kind = try #require(ImportKind.named(name))
            let tenant = try await TestTenant.make()
            let members = [#""type":"\#(name)""#, #""externalId":"x""#] + kind.fields.map { "\"\($0.member)\":\(Self.sample($0))" }
            let line = "{\(members.joined(separator: ","))}"
            let run = try tenant.take([line])
            #expect(run.refused.isEmpty && run.outcome.created == 1, "\(run.refused)")
            let (given, exported) = (try Self.object(line), try Self.object(try #require(try tenant.exported().first)))
            for field in kind.fields {
                #expect(exported[field.member] as? NSObject == given[field.member] as? NSObject, "\(field.member) in \(exported)")
            }
        }

        @Test("are documented", arguments: kinds)
        func documentation(_ name: String) throws {
            let kind = try #require(ImportKind.named(name))
            let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            let text = try String(contentsOf: tests.appending(path: "../../docs/import.md"), encoding: .utf8)
            let row = try #require(text.split(separator: "\n").first { $0.hasPrefix("| `\(name)` |") })
            for member in kind.fields.map(\.member) + kind.lists.map(\.member) { #expect(row.contains("`\(member)`"), "\(member)") }
        }
    }
}
