import CustomerOS
import Foundation
import Postgres
import Testing

extension ServiceSuite {
    /// What an import does with lines that are wrong, and how it says so.
    @Suite("Choices of imports", .serialized)
    struct ImportChoiceTests {
        private static let company = #"{"type":"organization","externalId":"o-1","name":"Acme","ownerEmail":"Tom@seller.example"}"#
        private static let person = #"{"type":"contact","externalId":"p-1","name":"Dana","roles":[{"organization":"o-1"}]}"#
        private static let deal =
            #"{"type":"opportunity","externalId":"d-1","name":"Deal","organization":"o-1","ownerEmail":"tom@seller.example"}"#
        private static let lines = [company, person, deal]

        @Test("an unknown owner refuses a line, and what refers to it says why, also in a later batch")
        func refuseOwners() async throws {
            let tenant = try await TestTenant.make()
            let many = (0..<5_000).map { #"{"type":"contact","externalId":"many-\#($0)","name":"Many"}"# }
            let result = try tenant.take([Self.company] + many + [Self.person, Self.deal])
            let reason = "ownerEmail: there is no user with the address Tom@seller.example"
            #expect(
                result.refused.mapValues(\.message) == [
                    1: reason, 5_002: "roles: the organization o-1 was refused in line 1: \(reason)",
                    5_003: "organization: o-1 was refused in line 1: \(reason)",
                ])
            #expect(result.outcome.reasons == [.unknownOwner: 1, .refusedOrganization: 2] && result.outcome.created == 5_000)
            let other = try tenant.take([Self.person])
            #expect(other.refused[1]?.message == "roles: there is no organization with the externalId o-1")
            #expect(other.outcome.reasons == [.unknownOrganization: 1])
        }

        @Test(
            "a company that is refused for any reason is named by those who refer to it",
            arguments: [
                #"{"type":"organization","externalId":"o-1","employees":"many"}"#,
                #"{"type":"organization","externalId":"o-1","nmae":"Acme"}"#,
                #"{"type":"organization","externalId":"o-1","domains":["taken-choice.com"]}"#,
            ])
        func refusedCompany(_ line: String) async throws {
            let tenant = try await TestTenant.make()
            let result = try tenant.take(
                [#"{"type":"organization","externalId":"o-0","domains":["taken-choice.com"]}"#, line, Self.person])
            let message = try #require(result.refused[2]?.message)
            #expect(result.refused[3]?.message == "roles: the organization o-1 was refused in line 2: \(message)")
        }

        @Test("--unknown-owners skip leaves the owner out, and counts it; known owners stay")
        func skipOwners() async throws {
            let tenant = try await TestTenant.make()
            _ = try tenant.server.administration().createUser(
                tenant: tenant.name, email: "ann@seller.example", firstName: "Ann", lastName: "", roles: [.user])
            let owned = #"{"type":"contact","externalId":"p-2","name":"Owned","ownerEmail":"ann@seller.example"}"#
            let result = try tenant.take(Self.lines + [owned]) { $0.unknownOwners = .skip }
            #expect(result.refused.isEmpty && result.outcome.created == 4 && result.outcome.dropped == ["ownerEmail": 2])
            let owners = try tenant.exported().filter { $0.contains("ownerEmail") }
            #expect(owners.count == 1 && owners.first?.contains("ann@seller.example") == true)
        }

        @Test("--unknown-owners create makes each user once, and lets none in who was disabled")
        func createOwners() async throws {
            let tenant = try await TestTenant.make()
            let administration = try tenant.server.administration()
            let gone = try administration.createUser(
                tenant: tenant.name, email: "gone@seller.example", firstName: "", lastName: "", roles: [.user])
            try administration.disableUser(gone)
            let left = #"{"type":"contact","externalId":"p-2","name":"Left","ownerEmail":"gone@seller.example"}"#
            let result = try tenant.take(Self.lines + [left]) { $0.unknownOwners = .create }
            #expect(result.outcome.created == 3 && result.outcome.users == 1 && result.outcome.reasons == [.unknownOwner: 1])
            let users = try administration.users(tenant: tenant.name).filter { $0.state == "LIVE" }
            #expect(users.map(\.email) == ["Tom@seller.example"] && users.first?.roles == ["USER"])
            #expect(try tenant.take(Self.lines) { $0.unknownOwners = .create }.outcome.unchanged == 3)
        }

        @Test("a dry run judges as the import does, also what a batch before has brought, and writes nothing")
        func dryRun() async throws {
            let tenant = try await TestTenant.make()
            _ = try tenant.take([#"{"type":"organization","externalId":"o-0","name":"Old","domains":["dry-0.com"]}"#])
            var lines = (0..<2_600).map {
                #"{"type":"organization","externalId":"o-\#($0)","name":"N \#($0)","domains":["dry-\#($0 / 2 * 2).com"]}"#
            }
            lines += (0..<2_600).map {
                """
                {"type":"contact","externalId":"p-\($0)","name":"P","emails":["dry@box.example"],"roles":[{"organization":"o-\($0)"}],\
                "tags":["Dry"]}
                """
            }
            lines += [
                "{", #"{"type":"opportunity","externalId":"d-1","currency":"XXX"}"#,
                #"{"type":"opportunity","externalId":"d-2","organization":"o-2"}"#,
                #"{"type":"opportunity","externalId":"d-3","organization":"o-3"}"#,
                #"{"type":"contact","externalId":"p-9","ownerEmail":"new@dry.example"}"#,
            ]
            let file = try ImportFile(lines)
            let before = try Self.rows(tenant)
            let judged = try tenant.take(file) { ($0.isDryRun, $0.unknownOwners) = (true, .create) }
            #expect(try Self.rows(tenant) == before)
            let done = try tenant.take(file) { $0.unknownOwners = .create }
            #expect(done.outcome.refused == 2_603 && done.outcome.reasons[.refusedOrganization] == 1_301 && done.outcome.users == 1)
            #expect(judged.refused.mapValues(\.message) == done.refused.mapValues(\.message))
            #expect(judged.outcome.created == done.outcome.created && judged.outcome.changed == done.outcome.changed)
            #expect(judged.outcome.unchanged == done.outcome.unchanged && judged.outcome.users == done.outcome.users)
            #expect(judged.outcome.reasons == done.outcome.reasons)
        }

        /// How many rows of the tenant each table has, and which transactions wrote them.
        private static func rows(_ tenant: TestTenant) throws -> [String] {
            let rows = try tenant.database().run(
                """
                SELECT c.relname || ' ' || (xpath('/row/r/text()', query_to_xml(format('SELECT concat_ws('' '', count(*), max(xmin::text)) AS r \
                FROM %I WHERE tenant_id = %s', c.relname, $1::integer), false, true, '')))[1]::text FROM pg_class c \
                JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id' WHERE c.relnamespace = 'public'::regnamespace \
                AND c.relkind = 'r' ORDER BY 1
                """, [tenant.id])
            return (0..<rows.rowCount).map { rows.text($0, 0) ?? "" }
        }

        @Test(
            "a line as long as the limit is taken, a longer one is refused like any other, and the import goes on",
            arguments: ["\n", "\r\n"])
        func longLines(_ end: String) async throws {
            let tenant = try await TestTenant.make()
            func line(_ key: String, _ length: Int) -> String {
                let start = #"{"type":"contact","externalId":"\#(key)","name":"N","description":""#
                return start + String(repeating: "x", count: length - start.utf8.count - 2) + "\"}"
            }
            let limit = 1_000
            let lengths = [("a", limit - 1), ("b", limit), ("c", limit + 1), ("d", limit * 900), ("e", limit), ("f", limit + 1)]
            let text = Array(lengths.map(line).joined(separator: end).utf8)
            let result = try tenant.take(ImportFile(text)) { $0.lineLimit = limit }
            #expect(result.outcome.lines == 6 && result.outcome.created == 3 && result.outcome.reasons == [.tooLong: 3])
            #expect(result.refused.keys.sorted() == [3, 4, 6] && result.refused[3]?.message == "the line is longer than 1000 bytes")
            let marked = try ImportFile([0xEF, 0xBB, 0xBF] + text)
            #expect(try tenant.take(marked) { $0.lineLimit = limit }.outcome.unchanged == 3)
        }

        @Test(
            "a file of another format is called what it is, and nothing of it is refused line by line",
            arguments: [
                (Array("name,email\nAnna,a@x.com\n".utf8), "is a CSV file"), (Array("\u{FEFF}name;email\r\n".utf8), "is a CSV file"),
                (Array("\n\nName\tE-mail\n".utf8), "is a CSV file"), ([0x50, 0x4B, 0x03, 0x04, 0x14], "is a workbook"),
                ([0x1F, 0x8B, 0x08], "is compressed"), ([0xFF, 0xFE, 0x7B, 0x00], "is UTF-16"),
                (Array(#"[{"type":"contact"}]"#.utf8), "is one list of JSON"),
                (Array("{\n  \"type\": \"contact\"\n}\n".utf8), "has JSON objects of several lines"),
            ])
        func formats(_ bytes: [UInt8], _ problem: String) async throws {
            let tenant = try await TestTenant.make()
            let file = try ImportFile(bytes)
            let failure = #expect(throws: Importer.Failure.self) { try tenant.take(file) }
            #expect(failure?.description.contains(problem) == true)
        }
    }
}
