import CustomerOS
import Foundation
import Postgres
import Service
import Telemetry
import TestSupport
import Testing

extension ServiceSuite.OneByOne.Servers {
    /// A row that violates our own rules, as only a bug of ours can make it.
    @Suite("An answer INTERNAL")
    struct InternalErrorTests {
        private static func brokenOrganization(_ tenant: TestTenant) throws -> String {
            let id = try tenant.organization("Whole")
            try tenant.database().run("UPDATE organization SET source = 'NONE_OF_OURS' WHERE id = $1::uuid", [.text(id)])
            return id
        }

        @Test("has a line in the log, at level error, with the request's id and the field", arguments: ["none", "all"])
        func logged(_ requests: String) async throws {
            let tenant = try await TestTenant.make()
            let id = try Self.brokenOrganization(tenant)
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let path = folder.path + "/log"
            let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND, 0o644)
            defer { close(descriptor) }
            try await tenant.server.withServer {
                $0.logDescriptor = descriptor
                $0.loggedRequests = requests == "none" ? .none : .all
            } _: { port in
                let places = [
                    "{ organization(id: \"\(id)\") { metadata { source } } }",
                    "{ organizations { content { metadata { source } } } }",
                    "mutation { organization_Update(input: { id: \"\(id)\", name: \"Changed\" }) { metadata { source } } }",
                ]
                for document in places {
                    let headers = ["Content-Type": "application/json", "X-CUSTOMER-OS-API-KEY": tenant.key]
                    let answer = try HTTPClient(port: port).send(
                        "POST", "/query", headers: headers, body: "{\"query\":\(try jsonText(document))}")
                    #expect(answer.body.contains("\"INTERNAL\""), "\(answer.body)")
                    let request = try #require(answer.headers["x-request-id"])
                    let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
                    let found = lines.filter { $0.contains("level=error") && $0.contains("request_id=\(request)") }
                    #expect(found.count == 1, "\(lines)")
                    let field = document.hasPrefix("mutation") ? "Mutation.organization_Update" : "Metadata.source"
                    #expect(found.first?.contains(field) == true)
                }
            }
        }

        @Test("never follows a committed change: what cannot be read back is not committed")
        func notCommitted() async throws {
            let tenant = try await TestTenant.make()
            let id = try Self.brokenOrganization(tenant)
            let change = "organization_Update(input: { id: \"\(id)\", name: \"Changed\" })"
            let answer = try tenant.answer("mutation { \(change) { metadata { source } } }")
            #expect(answer.codes == ["INTERNAL"])
            #expect(try tenant.value("SELECT name FROM organization WHERE tenant_id = $1 AND id = $2::uuid", [.text(id)]) == "Whole")
            // What the answer does not select is no reason.
            _ = try tenant.data("mutation { \(change) { name } }")
            #expect(try tenant.value("SELECT name FROM organization WHERE tenant_id = $1 AND id = $2::uuid", [.text(id)]) == "Changed")
        }
    }
}
