import Foundation
import Postgres
import Testing

extension ServiceSuite {
    /// The cases of `Tests/Golden`. With `UPDATE_GOLDEN=1` the results are recorded, and the diff is for the reviewer
    /// to judge.
    @Suite("Golden cases")
    struct GoldenTests {
        @Test("are all there, and nothing else is")
        func folders() throws {
            #expect(GoldenCase.all.count >= 20)
            let expected = Set(GoldenCase.all.flatMap { $0.files })
            #expect(try Set(GoldenCase.filesOnDisk()).symmetricDifference(expected).sorted() == [])
        }

        @Test("are answered as recorded, with the recorded statements", arguments: GoldenCase.all)
        func golden(_ golden: GoldenCase) async throws {
            let server = try await TestServer.shared.value
            let tenant = try server.tenant(with: golden.fixture)
            for document in golden.setup {
                let answer = try server.query(document, key: tenant.key, headers: golden.headers)
                try #require(answer.status == 200 && !answer.body.contains("\"errors\""), "\(answer.body)")
            }
            let answers = try golden.requests.map { try server.query($0, key: tenant.key, headers: golden.headers) }
            for statement in answers.flatMap(\.statements) {
                let text = statement.sql.text
                #expect(SQLLayout.collapsed(SQLLayout.text(text)) == SQLLayout.collapsed(text), "\(statement.name)")
            }
            let found = GoldenRecord(answers, tenant: tenant.name)
            if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] != nil { return try golden.write(found) }
            let recorded = try golden.record()
            #expect(found.response == recorded.response)
            #expect(found.statements == recorded.statements)
        }
    }
}
