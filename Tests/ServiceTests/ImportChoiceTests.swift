import CustomerOS
import Foundation
import Postgres
import TestSupport
import Testing

@testable import Service

extension ServiceSuite {
    /// What an import does with wrong lines, and how it says so.
    @Suite("Choices of imports")
    struct ImportChoiceTests {
        private static let company = #"{"type":"organization","externalId":"o-1","name":"Acme","ownerEmail":"Tom@seller.example"}"#
        private static let person = #"{"type":"contact","externalId":"p-1","name":"Dana","roles":[{"organization":"o-1"}]}"#
        private static let deal =
            #"{"type":"opportunity","externalId":"d-1","name":"Deal","organization":"o-1","ownerEmail":"tom@seller.example"}"#
        private static let lines = [company, person, deal]

        @Test("an unknown owner refuses a line, and what refers to it says why, even in a later batch")
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
            "a company refused for any reason is named by lines that refer to it",
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

        @Test("--unknown-owners create creates each user once, and does not re-enable disabled ones")
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

        @Test("a dry run judges like the import, including what earlier batches brought, and writes nothing")
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
            "a line as long as the limit is accepted, a longer one is refused like any other, and the import goes on",
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
            "a file of another format is recognised, not refused line by line",
            arguments: [
                (Array("name,email\nAnna,a@x.com\n".utf8), "is a CSV file"), (Array("\u{FEFF}name;email\r\n".utf8), "is a CSV file"),
                (Array("\n\nName\tE-mail\n".utf8), "is a CSV file"), (Array("email\nann@x.org\n".utf8), "is a CSV file"),
                ([0x50, 0x4B, 0x03, 0x04, 0x14], "is a workbook"),
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

        @Test("what is refused is kept before its batch is remembered as done, and when an import fails")
        func keeps() async throws {
            struct Lost: Error {}
            let (tenant, other) = (try await TestTenant.make(), try await TestTenant.make())
            let lines = (1...22_000).map { $0.isMultiple(of: 1_000) ? "{" : #"{"type":"contact","externalId":"\#($0)"}"# }
            let file = try ImportFile(lines)
            var told: Set<Int> = []
            var kept: Set<Int> = []
            var batches = 0
            let importer = try Importer(
                tenant.database(), tenant: tenant.name, refuse: { told.insert($0.line) }, keep: { kept = told },
                report: { lines, _, _ in
                    batches += 1
                    #expect(kept.isSuperset(of: Set(stride(from: 1_000, through: lines, by: 1_000))))
                })
            _ = try importer.run(file.path)
            #expect(batches > 3 && kept.count == 22)
            // As when the database is lost in the middle of a batch.
            var (given, saved) = (0, 0)
            let failing = try Importer(
                tenant.database(), tenant: other.name,
                refuse: { _ in
                    if given == 3 { throw Lost() }
                    given += 1
                }, keep: { saved = given })
            #expect(throws: Lost.self) { try failing.run(file.path) }
            #expect(given == 3 && saved == 3)
        }

        @Test("the error file is never the imported one, keeps its kind, and loses only what an import left")
        func errorFile() throws {
            let folder = try TemporaryFolder()
            defer { folder.remove() }
            let (input, link, device, old) = (
                folder.path + "/in.jsonl", folder.path + "/link", folder.path + "/device", folder.path + "/old.errors"
            )
            let files = FileManager.default
            try "input\n".write(toFile: input, atomically: false, encoding: .utf8)
            try files.linkItem(atPath: input, toPath: link)
            try files.createSymbolicLink(atPath: device, withDestinationPath: "/dev/null")
            for path in [input, link, folder.path + "/./in.jsonl"] {
                #expect(throws: ErrorFile.Failure.self) { try ErrorFile(path, input: input) }
            }
            #expect(try String(contentsOfFile: input, encoding: .utf8) == "input\n")
            let written = try ErrorFile(device, input: input)
            try written.empty()
            try written.write(Array("refused\n".utf8))
            try written.flush()
            #expect(try files.destinationOfSymbolicLink(atPath: device) == "/dev/null")
            // A resumed import appends, a new one does not.
            for (begins, text) in [(true, "a\n"), (false, "a\na\n"), (true, "a\n")] {
                let file = try ErrorFile(old, input: input)
                if begins { try file.empty() }
                try file.write(Array("a\n".utf8))
                try file.flush()
                #expect(try String(contentsOfFile: old, encoding: .utf8) == text)
            }
            let unused = try ErrorFile(folder.path + "/none.errors", input: input)
            try unused.empty()
            try unused.flush()
            #expect(!files.fileExists(atPath: folder.path + "/none.errors"))
        }

        @Test(
            "an amount has the decimals of its currency, whether the line's, the stored one or the tenant's",
            arguments: [
                (#""currency":"jpy","amount":10.55"#, "amount must be a whole number: JPY has no decimals"),
                (#""currency":"KRW","maxAmount":0.5"#, "maxAmount must be a whole number: KRW has no decimals"),
                (#""amount":10.55"#, nil), (#""currency":"JPY","amount":10"#, nil), (#""currency":"EUR","amount":10.55"#, nil),
            ])
        func digits(_ members: String, _ message: String?) async throws {
            let tenant = try await TestTenant.make()
            let result = try tenant.take([#"{"type":"opportunity","externalId":"d-1",\#(members)}"#])
            #expect(result.refused[1]?.message == message && result.outcome.created == (message == nil ? 1 : 0))
            let later = try tenant.take([
                #"{"type":"opportunity","externalId":"d-2","currency":"JPY","amount":10}"#,
                #"{"type":"opportunity","externalId":"d-3","amount":10.5}"#,
                #"{"type":"opportunity","externalId":"d-2","amount":10.5}"#, #"{"type":"opportunity","externalId":"d-3","currency":"JPY"}"#,
            ])
            #expect(later.outcome.created == 2 && later.refused.keys.sorted() == [3, 4], "\(later.refused)")
        }

        @Test("a stage that the tenant does not have is left out and counted, or refuses its line; another spelling is the tenant's")
        func stages() async throws {
            let tenant = try await TestTenant.make()
            let lines = [
                #"{"type":"opportunity","externalId":"d-1","name":" Two  words ","externalStage":"STAGE99"}"#,
                #"{"type":"opportunity","externalId":"d-2","externalStage":" stage2 "}"#,
                #"{"type":"opportunity","externalId":"d-3","externalStage":"  "}"#,
            ]
            let refused = try tenant.take(lines) { ($0.badValues, $0.isDryRun) = (.refuse, true) }
            #expect(refused.refused.keys.sorted() == [1] && refused.outcome.created == 2)
            #expect(refused.refused[1]?.message.hasPrefix("externalStage must be one of the tenant's stages: STAGE1,") == true)
            let dropped = try tenant.take(lines)
            #expect(dropped.refused.isEmpty && dropped.outcome.created == 3 && dropped.outcome.dropped == ["externalStage": 1])
            #expect(
                try tenant.row(
                    """
                    SELECT string_agg(external_stage, ',' ORDER BY external_stage), max(name) FROM opportunity WHERE tenant_id = $1::integer
                    """) == [",,STAGE2", "Two words"])
            #expect(try tenant.take(lines).outcome.unchanged == 3)
        }

        @Test("an invalid address creates no user, and a blank owner is none")
        func ownersThatAreNone() async throws {
            let tenant = try await TestTenant.make()
            let lines = ["notanemail", "x@a.com; y@b.com", "  ", ""].enumerated().map {
                #"{"type":"contact","externalId":"p-\#($0.offset)","ownerEmail":"\#($0.element)","timezone":"  "}"#
            }
            let result = try tenant.take(lines) { $0.unknownOwners = .create }
            #expect(result.outcome.users == 0 && result.outcome.reasons == [.unknownOwner: 2] && result.outcome.created == 2)
            #expect(try tenant.value("SELECT string_agg(timezone, ',') FROM contact WHERE tenant_id = $1::integer") == ",")
        }

        @Test("another company's website refuses a line as its domain does, within a file and against stored ones")
        func websites() async throws {
            let tenant = try await TestTenant.make()
            let lines = [
                #"{"type":"organization","externalId":"a","name":"Acme","domains":["acme-imp.com"]}"#,
                #"{"type":"organization","externalId":"b","website":"https://acme-imp.com/y","domains":["third-imp.com"]}"#,
                #"{"type":"organization","externalId":"c","website":"https://acme-imp.com/y","domains":[]}"#,
                #"{"type":"organization","externalId":"d","website":"https://x.com/acme","domains":["fourth-imp.com"]}"#,
            ]
            for created in [2, 0] {
                let result = try tenant.take(lines)
                #expect(result.refused.keys.sorted() == [2, 3] && result.outcome.created == created)
                #expect(result.outcome.reasons == [.takenDomain: 2])
                #expect(
                    result.refused[2]?.message
                        == "b cannot have the website acme-imp.com: Acme with the externalId a has its domain")
            }
        }

        @Test("a list is as long as its line may be, and a line with too many values says so", arguments: [1_000, 1_001, 12_000])
        func longLists(_ count: Int) async throws {
            let tenant = try await TestTenant.make()
            let addresses = (0..<count).map { "\"p\($0)@long.example\"" }.joined(separator: ",")
            let line = #"{"type":"interaction","externalId":"m-1","sentTo":[\#(addresses)]}"#
            let result = try tenant.take([line])
            #expect(result.refused.isEmpty && result.outcome.created == 1)
            let exported = try #require(try tenant.exported().first)
            #expect(exported.components(separatedBy: "@long.example").count == count + 1)
        }

        @Test(
            "a line may have the most values, but not one more", arguments: [(9_996, nil), (9_997, Optional(ImportReason.tooLong))])
        func values(_ count: Int, _ reason: ImportReason?) async throws {
            let tenant = try await TestTenant.make()
            // The object, its three members, and the list's strings, which are one tag.
            let tags = Array(repeating: "\"t\"", count: count - 1).joined(separator: ",")
            let result = try tenant.take([#"{"type":"contact","externalId":"p","tags":[\#(tags),"t"]}"#]) { $0.lineLimit = 60_000 }
            #expect(result.outcome.reasons == (reason.map { [$0: 1] } ?? [:]))
            #expect(reason == nil || result.refused[1]?.message.hasPrefix("the line has more than 10000 values") == true)
        }
    }
}
